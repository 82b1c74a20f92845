-- Goes well for a while, then fails: the rows before March were forgotten. PostgreSQL takes all of it back.
create table channels (
  name  text primary key,
  label text not null
);

insert into channels (name, label) values ('web', 'Web shop'), ('app', 'App'), ('phone', 'Telephone');

alter table orders add column channel text;

update orders set channel = 'web' where created_at >= timestamptz '2026-03-01';

alter table orders add constraint orders_channel_known check (channel is not null);
