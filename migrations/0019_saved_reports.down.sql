DROP TABLE saved_report;
