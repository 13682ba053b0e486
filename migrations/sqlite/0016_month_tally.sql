-- The events of calendar months, counted from each extract: the month it lies in, and the one before where the extract
-- is as at up to 14 days after its end. Which extract answers for a month is decided on reading. `month` is its first day;
-- `basis` says by which standards it was counted, so that it is counted again where that holds no more.
create table month_count (
    extract_id integer not null references extract (id),
    month text not null,
    basis text not null,
    primary key (extract_id, month)
) strict;

create table month_tally (
    extract_id integer not null references extract (id),
    month text not null,
    measure text not null,
    team text,
    worker text,
    numerator integer not null,
    denominator integer not null
) strict;
create index month_tally_of_month on month_tally (extract_id, month);
