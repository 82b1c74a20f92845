-- The shop as its first version knows it, with enough rows that a backup is not empty.
create table items (
  id          integer primary key,
  name        text    not null,
  price_cents integer not null check (price_cents > 0)
);

create table orders (
  id         text        primary key,
  item_id    integer     not null references items (id),
  quantity   integer     not null check (quantity > 0),
  created_at timestamptz not null default now()
);

create index orders_item_id on orders (item_id);

insert into items (id, name, price_cents)
select n, 'Item ' || n, 100 + (n * 37) % 900
from generate_series(1, 50) as n;

insert into orders (id, item_id, quantity, created_at)
select 'seed-' || lpad(n::text, 6, '0'), 1 + n % 50, 1 + n % 9, timestamptz '2026-01-01' + n * interval '7 minutes'
from generate_series(1, 20000) as n;

grant select on items to shop;
grant select, insert, update on orders to shop;
