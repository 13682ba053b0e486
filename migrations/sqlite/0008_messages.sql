-- Where people are written to, and what was written: a message is kept before it is sent and marked after, so that no
-- restart and no second server sends it again.
-- The same tables as migrations/postgres/0008_messages.sql, in SQLite's words.

alter table app_user add column email text check (length(email) > 0);

-- One message a person, step and day. `waiting` may be sent; `sending` was begun, and unless it is marked after, nobody
-- knows how it ended: it is not sent again. It names no child and no address.
create table message (
    id integer primary key,
    user_id integer not null references app_user (id),
    step text not null,
    day text not null,
    state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'dropped')),
    tries integer not null default 0,
    try_at integer not null,
    written_at integer not null,
    changed_at integer not null,
    unique (user_id, step, day)
) strict;
create index message_to_send on message (try_at, id) where state = 'waiting';
create index message_by_change on message (state, changed_at);

-- What a person was told of: an action's or a surgery's step is told once, and again only on another occasion, such as a
-- moved due date.
create table message_about (
    user_id integer not null references app_user (id),
    step text not null,
    subject text not null,
    occasion text not null,
    message_id integer not null references message (id),
    primary key (user_id, step, subject, occasion)
) strict, without rowid;
create index message_about_of_message on message_about (message_id);

-- When the log last changed: asked on every page, to tell whether what waits for the viewer has to be counted anew.
create index action_by_change on action (changed_at);
