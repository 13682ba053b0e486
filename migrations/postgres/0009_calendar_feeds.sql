-- Calendars to subscribe to: one a person, by an address that is a secret. Only the hash of its token is kept, as of a
-- session's, so nobody can read an address from here.
-- The same table as migrations/sqlite/0009_calendar_feeds.sql, in PostgreSQL's words.
create table calendar_feed (
    user_id bigint not null primary key references app_user (id),
    token_hash text not null unique,
    made_at bigint not null,
    fetched_at bigint
);
