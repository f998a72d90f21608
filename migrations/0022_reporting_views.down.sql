-- The role stays: it belongs to the whole server, and other databases of it may use it.
DROP SCHEMA reporting CASCADE;
