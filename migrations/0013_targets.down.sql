DROP TABLE closed_target, closed_adjustment, closed_sum, closed_period, target_version, target;
