-- Who said that the tour need not be offered any more. A person's own setting, which the person may take back.
create table tour_known (
    user_id integer primary key references app_user (id),
    said_at integer not null
) strict;
