-- Taking extracts out and moving them to another date, and what makes either exact.
-- The same as migrations/postgres/0013_extract_changes.sql, in SQLite's words.

-- What was done to extracts: appended to, never changed. An extract that was taken out keeps its row, so that its number is
-- never another's; it is out of force because `superseded_by` is its own number.
create table extract_change (
    id integer primary key,
    extract_id integer not null references extract (id),
    kind text not null check (kind in ('removed', 'moved')),
    as_at text not null,
    to_as_at text check ((kind = 'moved') = (to_as_at is not null)),
    reason text not null check (length(reason) > 0),
    done_by text not null,
    done_at integer not null
) strict;
create index extract_change_of_extract on extract_change (extract_id, id);
create trigger extract_change_is_never_changed before update on extract_change
begin
    select raise(abort, 'changes of extracts are appended to, never changed');
end;
create trigger extract_change_is_never_deleted before delete on extract_change
begin
    select raise(abort, 'changes of extracts are appended to, never deleted');
end;

-- The organisation that stood before each load of one, as JSON lines: what comes back when that load is taken out.
create table organisation_load (
    id integer primary key,
    extract_id integer references extract (id),
    lines_before text not null
) strict;
create index organisation_load_of_extract on organisation_load (extract_id);

-- Which extract a workforce came with.
alter table workforce_load add column extract_id integer references extract (id);
update workforce_load set extract_id = (
    select max(e.id) from extract e where e.as_at = workforce_load.as_at and e.loaded_at = workforce_load.loaded_at
);
create index workforce_load_of_extract on workforce_load (extract_id);

-- Asked for each person who is taken out with the last extract that knew them.
create index register_line_of_person on register_line (person_id);

-- An event of an action may be by no person where it takes back what an extract said. An event is never changed, but that
-- a redaction, once and with its reason, takes children out of it who were another council's.
create table action_event_new (
    action_id integer not null references action (id),
    sequence integer not null check (sequence > 0),
    at integer not null,
    by_user integer references app_user (id),
    kind text not null,
    effect text check (effect in ('opened', 'closed', 'reopened', 'withdrawn', 'retracted')),
    month text not null,
    payload text not null,
    redacted_at integer,
    redacted_by text,
    redacted_why text,
    primary key (action_id, sequence),
    check (by_user is not null or kind in ('data-confirmed', 'data-contradicted', 'data-retracted')),
    check ((redacted_at is null) = (redacted_by is null) and (redacted_at is null) = (redacted_why is null))
) strict;
insert into action_event_new (action_id, sequence, at, by_user, kind, effect, month, payload)
    select action_id, sequence, at, by_user, kind, effect, month, payload from action_event;
drop table action_event;
alter table action_event_new rename to action_event;
create index action_event_with_effect on action_event (month, effect, action_id) where effect is not null;
create trigger action_event_is_never_changed before update on action_event
when not (
    coalesce(new.redacted_at, 0) > coalesce(old.redacted_at, 0)
    and new.action_id = old.action_id and new.sequence = old.sequence and new.at = old.at and new.by_user is old.by_user
    and new.kind = old.kind and new.effect is old.effect and new.month = old.month
)
begin
    select raise(abort, 'events of actions are appended to, never changed');
end;
create trigger action_event_is_never_deleted before delete on action_event
begin
    select raise(abort, 'events of actions are appended to, never deleted');
end;

alter table surgery_event add column redacted_at integer;
alter table surgery_event add column redacted_by text;
alter table surgery_event add column redacted_why text;
drop trigger surgery_event_is_never_changed;
create trigger surgery_event_is_never_changed before update on surgery_event
when not (
    coalesce(new.redacted_at, 0) > coalesce(old.redacted_at, 0) and new.redacted_by is not null and new.redacted_why is not null
    and new.surgery_id = old.surgery_id and new.sequence = old.sequence and new.at = old.at
    and new.by_user = old.by_user and new.kind = old.kind
)
begin
    select raise(abort, 'events of surgeries are appended to, never changed');
end;
