-- What managers say of late children: appended to, never changed. Of one unit the latest counts; what came of an answer
-- is worked out from the extracts after it and kept nowhere.
create table answer (
    id integer primary key,
    measure text not null,
    person_id integer not null references person (id),
    -- The unit: its row in the extract the answer was given on, the day the row began and the day its clock did.
    list integer not null,
    position integer not null,
    began text,
    clock_start text,
    -- The latest visit, review or contact on the row then.
    last_act text,
    extract_id integer not null references extract (id),
    team text,
    said text not null check (said in ('done', 'not-done', 'booked', 'record-wrong', 'not-ours')),
    day text check ((day is not null) = (said in ('done', 'booked'))),
    reason text check ((reason is not null) = (said in ('not-done', 'record-wrong', 'not-ours')) and length(reason) > 0),
    answered_by text not null,
    answered_at integer not null,
    answered_on text not null
) strict;
create index answer_of_measure on answer (measure, id);
create index answer_of_person on answer (person_id, id);
create trigger answer_is_never_changed before update on answer
begin
    select raise(abort, 'answers are appended to, never changed');
end;
create trigger answer_is_never_deleted before delete on answer
begin
    select raise(abort, 'answers are appended to, never deleted');
end;

-- What an extract holds that the one before did not.
create index record_version_begun on record_version (seen_from);
