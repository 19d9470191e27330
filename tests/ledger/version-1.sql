-- A case on disk, version 1. What was recorded (files, texts, takings, reports, judgements) is only ever added to.
-- What was derived from it can be thrown away and made again.

CREATE TABLE files (
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    collected TEXT NOT NULL,
    PRIMARY KEY (sha256, name)
) STRICT;

CREATE TABLE texts (
    sha256 TEXT PRIMARY KEY,
    text BLOB NOT NULL -- UTF-8, lone surrogates passed through
) STRICT;

-- One row for each time a file was looked through for reports. `key` stands for the file's bytes, its name, and all
-- settings that bear on what is found in it.
CREATE TABLE takings (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    file TEXT NOT NULL, -- '' for a file whose bytes could not be read
    name TEXT NOT NULL,
    taken TEXT NOT NULL,
    caveats TEXT NOT NULL -- JSON
) STRICT;

CREATE INDEX takings_by_key ON takings (key);

CREATE TABLE reports (
    taking INTEGER NOT NULL REFERENCES takings (number),
    id TEXT NOT NULL,
    place TEXT NOT NULL,
    text TEXT NOT NULL REFERENCES texts (sha256),
    record TEXT NOT NULL, -- JSON, all fields but the text
    PRIMARY KEY (taking, id, place)
) STRICT;

CREATE TABLE judgements (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL -- JSON
) STRICT;

-- The versions of the reader, as each came into use: the last one's findings are the case's.
CREATE TABLE readers (
    number INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT;

CREATE TABLE derived (
    key TEXT NOT NULL, -- what it was derived from
    version TEXT NOT NULL, -- by which model and rules
    record TEXT NOT NULL, -- JSON
    PRIMARY KEY (key, version)
) STRICT;

CREATE TRIGGER files_stay BEFORE UPDATE ON files BEGIN SELECT RAISE(ABORT, 'recorded files are never changed'); END;
CREATE TRIGGER files_last BEFORE DELETE ON files BEGIN SELECT RAISE(ABORT, 'recorded files are never deleted'); END;
CREATE TRIGGER texts_stay BEFORE UPDATE ON texts BEGIN SELECT RAISE(ABORT, 'recorded texts are never changed'); END;
CREATE TRIGGER texts_last BEFORE DELETE ON texts BEGIN SELECT RAISE(ABORT, 'recorded texts are never deleted'); END;
CREATE TRIGGER takings_stay BEFORE UPDATE ON takings BEGIN SELECT RAISE(ABORT, 'takings are never changed'); END;
CREATE TRIGGER takings_last BEFORE DELETE ON takings BEGIN SELECT RAISE(ABORT, 'takings are never deleted'); END;
CREATE TRIGGER reports_stay BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'reports are never changed'); END;
CREATE TRIGGER reports_last BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'reports are never deleted'); END;
CREATE TRIGGER judged_stay BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judged_last BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are never deleted'); END;

PRAGMA application_id = 1935767919; -- "sayo"
PRAGMA user_version = 1;
