-- Surgeries and the action log. What happened is appended to and never changed; the other tables are what the events
-- have made of it, for lists and filters, and could be made anew.
-- The same tables as migrations/postgres/0005_surgeries.sql, in SQLite's words.

-- Recommendations of improvement plans and inspections: a list that is loaded.
create table recommendation (
    id integer primary key,
    source text not null check (length(source) > 0),
    reference text not null check (length(reference) > 0),
    title text not null check (length(title) > 0),
    withdrawn_at integer,
    unique (source, reference)
) strict;

create table surgery_series (
    id integer primary key,
    remit text not null,
    rhythm text not null check (rhythm in ('fortnightly', 'monthly')),
    first_on text not null,
    last_on text,
    leader integer not null references app_user (id),
    created_at integer not null,
    created_by integer not null references app_user (id)
) strict;

create table surgery (
    id integer primary key,
    version integer not null check (version > 0),
    stage text not null check (stage in ('planned', 'prepared', 'in-session', 'closed', 'cancelled')),
    remit_kind text not null check (remit_kind in ('service', 'teams')),
    remit text not null,
    series_id integer references surgery_series (id),
    series_day text,
    leader integer not null references app_user (id),
    held_on text not null,
    extract_id integer references extract (id),
    as_at text,
    started_at integer,
    closed_at integer,
    unique (series_id, series_day),
    check ((series_id is null) = (series_day is null)),
    check ((extract_id is null) = (as_at is null)),
    check (stage not in ('prepared', 'in-session', 'closed') or extract_id is not null)
) strict;
create index surgery_by_day on surgery (held_on, id);

-- Whom a surgery concerns: what a reader's scope is held against.
create table surgery_team (
    surgery_id integer not null references surgery (id),
    team_key text not null,
    primary key (surgery_id, team_key)
) strict, without rowid;
create index surgery_team_by_key on surgery_team (team_key, surgery_id);

create table surgery_event (
    surgery_id integer not null references surgery (id),
    sequence integer not null check (sequence > 0),
    at integer not null,
    by_user integer not null references app_user (id),
    kind text not null,
    payload text not null,
    primary key (surgery_id, sequence)
) strict;
create trigger surgery_event_is_never_changed before update on surgery_event
begin
    select raise(abort, 'events of surgeries are appended to, never changed');
end;
create trigger surgery_event_is_never_deleted before delete on surgery_event
begin
    select raise(abort, 'events of surgeries are appended to, never deleted');
end;

create table surgery_item (
    surgery_id integer not null references surgery (id),
    item integer not null,
    place integer not null,
    kind text not null,
    title text not null,
    narrative text not null,
    discussion text not null,
    primary key (surgery_id, item)
) strict;

create table surgery_attendance (
    surgery_id integer not null references surgery (id),
    place integer not null,
    user_id integer references app_user (id),
    name text,
    presence text not null check (presence in ('present', 'apologies', 'absent')),
    primary key (surgery_id, place),
    check ((user_id is null) <> (name is null))
) strict;

create table action (
    id integer primary key,
    version integer not null check (version > 0),
    state text not null check (state in ('open', 'reported', 'closed', 'withdrawn')),
    level text not null check (level in ('child', 'team', 'pathway', 'service')),
    service text,
    what text not null check (length(what) > 0),
    accountable integer not null references app_user (id),
    doer_user integer references app_user (id),
    doer_name text,
    due text not null,
    first_due text not null,
    priority text not null check (priority in ('high', 'normal', 'low')),
    measure text,
    recommendation_id integer references recommendation (id),
    surgery_id integer references surgery (id),
    recorded_at integer not null,
    recorded_by integer not null references app_user (id),
    changed_at integer not null,
    report text,
    reported_at integer,
    reported_by integer references app_user (id),
    closed_at integer,
    closed_by integer references app_user (id),
    reopened integer not null default 0,
    check ((doer_user is null) <> (doer_name is null)),
    constraint action_closed_needs_report check (state <> 'closed' or coalesce(length(report), 0) > 0),
    constraint action_closed_needs_two check (
        state <> 'closed' or (
            reported_by is not null and closed_by is not null and closed_at is not null
            and closed_by <> reported_by and closed_by <> accountable
        )
    )
) strict;
create index action_in_order_of_due on action (due, id);
create index action_of_state on action (state, id);
create index action_by_due on action (state, due, id);
create index action_of_accountable on action (accountable, id);
create index action_of_accountable_by_due on action (accountable, due, id);
create index action_of_accountable_by_state on action (accountable, state, due, id);
create index action_of_doer on action (doer_user, state, due, id);
create index action_of_level on action (level, id);
create index action_of_level_by_due on action (level, due, id);
create index action_of_surgery on action (surgery_id, id);
create index action_of_recommendation on action (recommendation_id, id);
create index action_of_measure on action (measure, id);
create index action_of_measure_by_due on action (measure, due, id);

create table action_child (
    action_id integer not null references action (id),
    person_id integer not null references person (id),
    team_then text,
    word text check (word in ('confirmed', 'contradicted')),
    word_as_at text,
    primary key (action_id, person_id)
) strict, without rowid;
create index action_child_of_person on action_child (person_id, action_id);

-- Whom an action concerns: the teams it names, and those that hold its children in the newest extract. What a reader's
-- scope is held against.
create table action_team (
    action_id integer not null references action (id),
    source text not null check (source in ('named', 'child')),
    team_key text not null,
    team text not null,
    primary key (action_id, source, team_key)
) strict, without rowid;
create index action_team_by_key on action_team (team_key, action_id);

-- `effect` says what the event did to the log, and `month` when, as the clocks in England showed it.
create table action_event (
    action_id integer not null references action (id),
    sequence integer not null check (sequence > 0),
    at integer not null,
    by_user integer references app_user (id),
    kind text not null,
    effect text check (effect in ('opened', 'closed', 'reopened', 'withdrawn')),
    month text not null,
    payload text not null,
    primary key (action_id, sequence),
    check (by_user is not null or kind in ('data-confirmed', 'data-contradicted'))
) strict;
create index action_event_with_effect on action_event (month, effect, action_id) where effect is not null;
create trigger action_event_is_never_changed before update on action_event
begin
    select raise(abort, 'events of actions are appended to, never changed');
end;
create trigger action_event_is_never_deleted before delete on action_event
begin
    select raise(abort, 'events of actions are appended to, never deleted');
end;

create table action_evidence (
    id integer primary key,
    action_id integer not null references action (id),
    name text not null check (length(name) > 0),
    media_type text not null check (
        media_type in (
            'application/pdf', 'image/png', 'image/jpeg', 'text/plain; charset=utf-8',
            'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
            'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        )
    ),
    size integer not null check (size between 1 and 10485760),
    content blob not null,
    added_at integer not null,
    added_by integer not null references app_user (id),
    check (length(content) = size)
) strict;
create index action_evidence_of_action on action_evidence (action_id, id);
create trigger action_evidence_is_never_changed before update on action_evidence
begin
    select raise(abort, 'evidence is added, never changed');
end;
create trigger action_evidence_is_never_deleted before delete on action_evidence
begin
    select raise(abort, 'evidence is added, never deleted');
end;
