-- Where a person cut a control chart, from a date and with a reason: appended to, never changed. A row that takes one
-- back names it and gives its own reason.
create table rebase (
    id integer primary key,
    measure text not null,
    area_kind text not null check (area_kind in ('all', 'service', 'team')),
    area_name text check ((area_kind = 'all') = (area_name is null)),
    applies_from text not null,
    reason text not null check (length(reason) > 0),
    set_by text not null,
    set_at integer not null,
    takes_back integer unique references rebase (id)
) strict;
create trigger rebase_is_never_changed before update on rebase
begin
    select raise(abort, 'rebases are appended to, never changed');
end;
create trigger rebase_is_never_deleted before delete on rebase
begin
    select raise(abort, 'rebases are appended to, never deleted');
end;
