-- Standards set by the council, each from a date: appended to, never changed. For a date the last of the latest counts.
create table standard_change (
    id integer primary key,
    name text not null,
    value text not null,
    applies_from text not null,
    reason text not null check (length(reason) > 0),
    set_by text not null,
    set_at integer not null
) strict;
create trigger standard_change_is_never_changed before update on standard_change
begin
    select raise(abort, 'changes of standards are appended to, never changed');
end;
create trigger standard_change_is_never_deleted before delete on standard_change
begin
    select raise(abort, 'changes of standards are appended to, never deleted');
end;
