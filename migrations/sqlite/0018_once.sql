-- What may be in force once is kept once: the database itself refuses a record, a fact or a count that is there already.
-- A database that holds one twice keeps the tables it has, and is told what to do (`server/src/store/doubled.rs`).
-- The same as migrations/postgres/0018_once.sql, in SQLite's words.

-- One version of a record is open at a time, and one begins on a date.
drop index record_version_of_person;
create unique index record_version_begins_once on record_version (person_id, list, position, seen_from);
create unique index record_version_open_once on record_version (list, person_id, position) where seen_to is null;

-- One fact for each unit of a measure.
drop index fact_of_person;
create unique index fact_once on fact (person_id, measure, list, position);

-- One count for each team and worker. A blank team is another than none.
drop index tally_of_extract;
create unique index tally_once
on tally (extract_id, measure, coalesce(team, ''), (team is null), coalesce(worker, ''), (worker is null));
drop index month_tally_of_month;
create unique index month_tally_once
on month_tally (extract_id, month, measure, coalesce(team, ''), (team is null), coalesce(worker, ''), (worker is null));

-- A child stands on a register once; among dormant cases once for each period of need.
create unique index register_line_once on register_line (extract_id, register, person_id) where register <> 'dormant';
