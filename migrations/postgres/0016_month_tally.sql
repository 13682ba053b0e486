-- The events of calendar months, counted from each extract: the month it lies in, and the one before where the extract
-- is as at up to 14 days after its end. Which extract answers for a month is decided on reading. `month` is its first day;
-- `basis` says by which standards it was counted, so that it is counted again where that holds no more.
create table month_count (
    extract_id bigint not null references extract (id),
    month date not null,
    basis text not null,
    primary key (extract_id, month)
);

create table month_tally (
    extract_id bigint not null references extract (id),
    month date not null,
    measure text not null,
    team text,
    worker text,
    numerator bigint not null,
    denominator bigint not null
);
create index month_tally_of_month on month_tally (extract_id, month);
