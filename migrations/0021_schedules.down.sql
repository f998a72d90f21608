DROP TABLE report_delivery, report_run, report_destination, report_schedule;
