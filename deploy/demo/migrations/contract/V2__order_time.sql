-- Takes away what version 1 still reads: its rehearsal refuses it, and the live database never sees it.
alter table orders drop column created_at;
