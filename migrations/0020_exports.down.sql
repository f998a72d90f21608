DROP TABLE export_link;
DROP TABLE export_job;
