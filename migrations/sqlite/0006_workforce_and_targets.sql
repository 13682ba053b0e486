-- Targets set by the council for everything, a service or a team, each from a date: appended to, never changed. For a
-- date the last of the latest counts; a row without a target takes the one before back. Decimal numbers stand as text,
-- to the last digit written.
create table target_change (
    id integer primary key,
    measure text not null,
    area_kind text not null check (area_kind in ('all', 'service', 'team')),
    area_name text check ((area_kind = 'all') = (area_name is null)),
    target text,
    tolerance text check ((target is null) = (tolerance is null)),
    applies_from text not null,
    reason text not null check (length(reason) > 0),
    set_by text not null,
    set_at integer not null
) strict;
create trigger target_change_is_never_changed before update on target_change
begin
    select raise(abort, 'changes of targets are appended to, never changed');
end;
create trigger target_change_is_never_deleted before delete on target_change
begin
    select raise(abort, 'changes of targets are appended to, never deleted');
end;

-- Every load of a workforce. On a date the last load of the latest as-at date up to it counts. A workforce that was
-- loaded before has no lines of its own: `lines_of` names the load that has them.
create table workforce_load (
    id integer primary key,
    as_at text not null,
    content_hash text not null,
    lines_of integer not null references workforce_load (id),
    loaded_at integer not null,
    loaded_by text not null
) strict;
create index workforce_load_by_date on workforce_load (as_at, id);
create index workforce_load_by_content on workforce_load (content_hash);

-- Full-time equivalents stand in ten-thousandths.
create table workforce_line (
    id integer primary key,
    load_id integer not null references workforce_load (id),
    worker text not null,
    team text,
    role text,
    fte integer,
    agency integer,
    newly_qualified integer,
    permanent integer,
    started_on text,
    left_on text
) strict;
create index workforce_line_of_load on workforce_line (load_id, id);
