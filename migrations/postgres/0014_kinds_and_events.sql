-- What kind of problem it is (`ingest::ProblemKind`); those found before kinds were kept are told one by one.
alter table problem add column kind text not null default 'other';
create index problem_by_team on problem (extract_id, team_key);

-- When the unit happened, where it is an event.
alter table fact add column event date;
