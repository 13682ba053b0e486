-- Extracts, people's records as versions, facts and tallies, organisation, accounts, audit.
-- The same tables as migrations/postgres/0001_foundation.sql, in SQLite's words.

create table setting (
    name text primary key,
    value text not null
) strict;

-- Every load of a children's extract. The newest load of an as-at date counts; earlier ones are superseded.
create table extract (
    id integer primary key,
    as_at text not null,
    format text not null,
    files text not null,
    fingerprint text not null,
    loaded_at integer not null,
    loaded_by text not null,
    supplied text not null,
    report text not null,
    problems integer not null,
    superseded_by integer references extract (id)
) strict;
create unique index extract_in_force on extract (as_at) where superseded_by is null;

-- Names of teams and workers as first met in an extract.
create table extract_name (
    extract_id integer not null references extract (id),
    kind text not null check (kind in ('team', 'worker')),
    name text not null
) strict;
create index extract_name_by_extract on extract_name (extract_id);

create table problem (
    id integer primary key,
    extract_id integer not null references extract (id),
    list text not null,
    row_number integer,
    column_name text,
    value text,
    severity text not null check (severity in ('warning', 'error')),
    message text not null,
    child_id text,
    team_key text
) strict;
create index problem_by_extract on problem (extract_id, id);
create index problem_by_child on problem (child_id, extract_id);

-- Children, and adopters of List 11. `reference` stands in addresses in place of the council's own id.
create table person (
    id integer primary key,
    kind text not null check (kind in ('child', 'adopter')),
    source_id text not null,
    reference text not null unique,
    unique (kind, source_id)
) strict;

-- A record as supplied, for as long as extracts supplied it so: from the as-at date `seen_from` up to,
-- not including, `seen_to`. A row that does not change is stored once however often it is loaded.
create table record_version (
    id integer primary key,
    list integer not null,
    person_id integer not null references person (id),
    position integer not null,
    content_hash integer not null,
    body text not null,
    seen_from text not null,
    seen_to text
) strict;
create index record_version_of_person on record_version (person_id, list, position);
create index record_version_in_force on record_version (seen_to, seen_from);

-- The facts of the newest extract under the standards in force: one a unit of a measure.
create table fact (
    measure text not null,
    person_id integer not null references person (id),
    list integer not null,
    position integer not null,
    team text,
    worker text,
    numerator integer not null,
    start text,
    due text,
    days integer
) strict;
create index fact_of_measure on fact (measure);
create index fact_of_person on fact (person_id);

-- Facts of every extract counted by measure, team and worker: enough for any figure of any group.
create table tally (
    extract_id integer not null references extract (id),
    measure text not null,
    team text,
    worker text,
    numerator integer not null,
    denominator integer not null
) strict;
create index tally_of_measure on tally (measure, extract_id);
create index tally_of_extract on tally (extract_id, measure);

create table organisation (
    id integer primary key,
    team text not null,
    team_type text,
    locality text,
    service text not null,
    head_of_service text not null,
    head_of_service_email text,
    director text,
    team_manager text,
    team_manager_email text,
    valid_from text,
    valid_to text
) strict;

create table app_user (
    id integer primary key,
    user_name text not null unique,
    full_name text not null,
    password_hash text,
    persona text unique,
    created_at integer not null,
    disabled_at integer
) strict;

create table user_grant (
    id integer primary key,
    user_id integer not null references app_user (id),
    role text not null,
    area_kind text not null check (area_kind in ('all', 'service', 'team')),
    area_name text,
    valid_from text,
    valid_to text,
    check ((area_kind = 'all') = (area_name is null))
) strict;
create index user_grant_of_user on user_grant (user_id);

-- Only the hash of a session's token is kept.
create table session (
    token_hash text primary key,
    user_id integer not null references app_user (id),
    created_at integer not null,
    seen_at integer not null
) strict;
create index session_of_user on session (user_id);

-- Who looked at what, and every refusal. Each row carries the hash of the row before.
create table audit (
    id integer primary key,
    at integer not null,
    actor text not null,
    action text not null,
    subject text,
    detail text,
    decision text not null check (decision in ('allow', 'deny')),
    request_id text not null,
    previous_hash text not null,
    hash text not null unique
) strict;
create index audit_of_subject on audit (subject, id);
-- Asked on every request: whether anything was loaded since.
create index audit_of_loads on audit (id) where action = 'load';
create trigger audit_is_never_changed before update on audit
begin
    select raise(abort, 'the audit is appended to, never changed');
end;
create trigger audit_is_never_deleted before delete on audit
begin
    select raise(abort, 'the audit is appended to, never deleted');
end;

-- A load asked for in the browser, from upload to report.
create table load_job (
    id integer primary key,
    state text not null check (state in ('running', 'held', 'done', 'failed', 'cancelled')),
    as_at text not null,
    files text not null,
    asked_by text not null,
    asked_at integer not null,
    message text not null,
    extract_id integer references extract (id)
) strict;
