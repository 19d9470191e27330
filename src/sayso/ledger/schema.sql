-- A case on disk, version 2. What was recorded (log, files, texts, takings, reports, judgements, readers) is only ever
-- added to; a row goes only if the last entry of the log is a deletion that names its digest. What was derived can be
-- made again. `salt` and `digest` are explained in log.py.

PRAGMA page_size = 4096;

CREATE TABLE log (
    number INTEGER PRIMARY KEY, -- 1, 2, 3 …
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    tool TEXT NOT NULL,
    what TEXT NOT NULL,
    body TEXT NOT NULL, -- JSON
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    collected TEXT NOT NULL,
    address TEXT NOT NULL,
    collector TEXT NOT NULL,
    tool TEXT NOT NULL,
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (sha256, name, address)
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
    tool TEXT NOT NULL, -- what found the texts in the file, with its version; '' where not recorded
    caveats TEXT NOT NULL, -- JSON
    salt TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE INDEX takings_by_key ON takings (key);
CREATE INDEX takings_by_file ON takings (file);

CREATE TABLE reports (
    number INTEGER PRIMARY KEY,
    taking INTEGER NOT NULL REFERENCES takings (number),
    id TEXT NOT NULL,
    place TEXT NOT NULL,
    text TEXT NOT NULL REFERENCES texts (sha256),
    record TEXT NOT NULL, -- JSON, all fields but the text
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (taking, id, place)
) STRICT;

CREATE INDEX reports_by_text ON reports (text);

CREATE TABLE judgements (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL, -- JSON
    salt TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

-- The versions of the reader, as each came into use: the last one's findings are the case's.
CREATE TABLE readers (
    number INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    since TEXT NOT NULL,
    salt TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE TABLE derived (
    key TEXT NOT NULL, -- what it was derived from
    version TEXT NOT NULL, -- by which model and rules
    record TEXT NOT NULL, -- JSON
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (key, version)
) STRICT;

CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER log_lasts BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;
CREATE TRIGGER files_stay BEFORE UPDATE ON files BEGIN SELECT RAISE(ABORT, 'recorded files are never changed'); END;
CREATE TRIGGER texts_stay BEFORE UPDATE ON texts BEGIN SELECT RAISE(ABORT, 'recorded texts are never changed'); END;
CREATE TRIGGER takings_stay BEFORE UPDATE ON takings BEGIN SELECT RAISE(ABORT, 'takings are never changed'); END;
CREATE TRIGGER reports_stay BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'reports are never changed'); END;
CREATE TRIGGER judged_stay BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER readers_stay BEFORE UPDATE ON readers BEGIN SELECT RAISE(ABORT, 'readers are never changed'); END;

CREATE TRIGGER files_last BEFORE DELETE ON files
WHEN NOT EXISTS (SELECT 1 FROM log WHERE number = (SELECT max(number) FROM log) AND what = 'deleted' AND instr(body, OLD.digest))
BEGIN SELECT RAISE(ABORT, 'recorded files are deleted only if the log says so'); END;
CREATE TRIGGER takings_last BEFORE DELETE ON takings
WHEN NOT EXISTS (SELECT 1 FROM log WHERE number = (SELECT max(number) FROM log) AND what = 'deleted' AND instr(body, OLD.digest))
BEGIN SELECT RAISE(ABORT, 'takings are deleted only if the log says so'); END;
CREATE TRIGGER reports_last BEFORE DELETE ON reports
WHEN NOT EXISTS (SELECT 1 FROM log WHERE number = (SELECT max(number) FROM log) AND what = 'deleted' AND instr(body, OLD.digest))
BEGIN SELECT RAISE(ABORT, 'reports are deleted only if the log says so'); END;
CREATE TRIGGER judged_last BEFORE DELETE ON judgements
WHEN NOT EXISTS (SELECT 1 FROM log WHERE number = (SELECT max(number) FROM log) AND what = 'deleted' AND instr(body, OLD.digest))
BEGIN SELECT RAISE(ABORT, 'judgements are deleted only if the log says so'); END;
CREATE TRIGGER readers_last BEFORE DELETE ON readers BEGIN SELECT RAISE(ABORT, 'readers are never deleted'); END;
CREATE TRIGGER texts_last BEFORE DELETE ON texts
WHEN EXISTS (SELECT 1 FROM reports WHERE text = OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'a text stays as long as a report has it'); END;

PRAGMA application_id = 1935767919; -- "sayo"
PRAGMA user_version = 2;
