-- What the log's counts and its newest lines are read from, without a look at the actions themselves.
create index action_by_due_in_scope on action (state, due, id, accountable, doer_user);
create index action_newest_of_state on action (state, id, due, accountable, doer_user);
