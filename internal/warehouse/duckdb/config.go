package duckdb

import "log/slog"

// Memory is the Path of a database that lives and dies with its engine.
const Memory = ":memory:"

// Config says which database to open, and how.
type Config struct {
	// Path is the database file, or Memory. Empty means Memory. A missing file is
	// created unless ReadOnly.
	Path string
	// ReadOnly opens the file without the right to change it; several processes may
	// do so at once, as long as none has it open for writing.
	ReadOnly bool
	// Threads bounds the cores a statement may use; 0 leaves DuckDB's own choice,
	// which is all of them.
	Threads int
	// MemoryLimit such as "4GB"; empty leaves DuckDB's own choice, 80 % of the machine.
	MemoryLimit string
	// TempDirectory takes what does not fit in memory; empty means "<Path>.tmp".
	TempDirectory string
	// Settings are further DuckDB settings by name. Those of a session are set on
	// every session. TimeZone is always UTC.
	Settings map[string]any
	// Extensions are loaded on opening, and installed first where they are missing.
	// "name" or "name FROM repository".
	Extensions []string
	// Attach lists further databases.
	Attach []Attach
	// Logger gets what happens at level debug; nil drops it.
	Logger *slog.Logger
}

// Attach is one more database beside the main one.
type Attach struct {
	// Path or connection string.
	Path string
	// Alias is the catalog name; empty means the stem of Path.
	Alias string
	// Type such as "sqlite" or "postgres"; empty means a DuckDB file.
	Type     string
	ReadOnly bool
}
