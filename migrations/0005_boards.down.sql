DROP TABLE IF EXISTS screen_pairing, screen, board;
