-- Expand only: version 1 does not see the column and goes on without it.
alter table orders add column channel text;

create index orders_channel on orders (channel) where channel is not null;

create table channels (
  name  text primary key,
  label text not null
);

insert into channels (name, label) values ('web', 'Web shop'), ('app', 'App'), ('phone', 'Telephone');

grant select on channels to shop;
