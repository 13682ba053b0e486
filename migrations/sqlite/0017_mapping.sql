-- What headers, codes, teams and workers of the council's files are meant to be, each from a date: appended to, never
-- changed. For a date the last of the latest counts; a line without a meaning takes the one before back.
create table mapping_change (
    id integer primary key,
    kind text not null check (kind in ('header', 'code', 'team', 'worker')),
    list integer check (list between 1 and 11),
    column_name text,
    written text not null check (length(written) > 0),
    meant text,
    applies_from text not null,
    reason text not null check (length(reason) > 0),
    set_by text not null,
    set_at integer not null,
    check (kind <> 'code' or column_name is not null),
    check (kind not in ('team', 'worker') or (list is null and column_name is null))
) strict;
create trigger mapping_change_is_never_changed before update on mapping_change
begin
    select raise(abort, 'changes of the mapping are appended to, never changed');
end;
create trigger mapping_change_is_never_deleted before delete on mapping_change
begin
    select raise(abort, 'changes of the mapping are appended to, never deleted');
end;

-- Which lines of the mapping an extract was read by, and in how many cells.
create table mapping_use (
    extract_id integer not null references extract (id),
    kind text not null,
    list integer,
    column_name text,
    written text not null,
    meant text not null,
    times integer not null
) strict;
create index mapping_use_of_extract on mapping_use (extract_id);
