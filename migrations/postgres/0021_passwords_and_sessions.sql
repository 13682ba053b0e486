-- A sign-in that began with a password opens no session once the password was changed: it counts how often one was set.
-- A session keeps the address it was opened from, so that a person can tell the own ones from another's.
-- The same as migrations/sqlite/0021_passwords_and_sessions.sql, in PostgreSQL's words.

alter table app_user add column password_version bigint not null default 0;
alter table session add column address text;
