-- Tries to sign in of the last quarter of an hour that were not the right password. People type passwords where the name
-- belongs: of what was typed stands here only one of a million numbers, each shared by very many words.

create table sign_in_try (
    id integer primary key,
    name_number integer not null,
    address text not null,
    at integer not null,
    reported integer not null default 0 check (reported in (0, 1))
) strict;
create index sign_in_try_of_name on sign_in_try (name_number, address);
create index sign_in_try_of_address on sign_in_try (address);
create index sign_in_try_at on sign_in_try (at);
