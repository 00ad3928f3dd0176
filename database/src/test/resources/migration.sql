create table event_manager.migrated (id int);
