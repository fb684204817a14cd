package load

import (
	"context"
	"time"

	"github.com/kith-analytics/kith/internal/warehouse"
)

// Request says what to load, and how where detection is not wanted.
type Request struct {
	// Source names a preset, such as "customers". Empty detects one by the column
	// names, and takes the columns as they are where none fits; AsIs does so in any
	// case. With a Mapping it is only the name that bronze.loads keeps.
	Source string
	// Paths are files, folders (every loadable file below them) and globs.
	Paths []string
	// Dir is where relative paths start from; "" is the working directory. Rows keep the
	// name of their file without it.
	Dir string
	// Mapping replaces the preset; see ReadMapping.
	Mapping *Mapping
	// Table is the target, "name" or "bronze.name". Empty takes the preset's, and
	// without a preset the name of the file.
	Table string
	// From names, by column of the table, the column of the file that it is read from,
	// instead of what the mapping says; an empty name leaves the column out.
	From map[string]string
	// Set gives, by column of the table, the value that all rows have.
	Set map[string]string
	// Dates is "dmy" or "mdy" for all dates of the files; empty goes by the mapping and
	// the content.
	Dates string
	// Apart says that the warehouse is there to look at the files alone: one that would be
	// kept out of a table gets another.
	Apart bool
	// Again loads content that was loaded before once more.
	Again bool
	// Format is "csv", "jsonl", "parquet" or "xlsx". Empty goes by the file's name and beginning.
	Format string
	// Delimiter of CSV; 0 detects it among comma, semicolon, tab and bar.
	Delimiter byte
	// Encoding of CSV and JSON lines: "utf-8", "utf-16le", "utf-16be", "latin1" or
	// "windows-1252". Empty reads UTF-8, and UTF-16 where the file begins like it.
	Encoding string
	// Decimal is the decimal separator of all numbers, '.' or ','; 0 detects it per column.
	Decimal byte
	// NoHeader says that the first row of a CSV is data. Columns are then column1, column2...
	NoHeader bool
	// Sheet of an XLSX; empty means the first.
	Sheet string
	// MaxField is the most bytes one value may have; 0 means DefaultMaxField.
	MaxField int
	// Now is the clock; nil means time.Now.
	Now func() time.Time

	presets []*Mapping // see prepared
}

// DefaultMaxField is the most bytes one value may have: 256 KB.
const DefaultMaxField = 256 << 10

func (r Request) maxField() int {
	if r.MaxField > 0 {
		return r.MaxField
	}
	return DefaultMaxField
}

func (r Request) now() time.Time {
	if r.Now != nil {
		return r.Now().UTC()
	}
	return time.Now().UTC()
}

// Summary is what a Run did, file by file in the order of loading.
type Summary struct {
	Files []FileSummary
}

// FileSummary is what became of one file: Rows + Rejected is the number of rows in it.
type FileSummary struct {
	Path     string
	Source   string
	Table    string // with its schema
	LoadID   int64  // 0 for a file that was skipped
	Rows     int64  // in the table
	Rejected int64  // in bronze.rejects
	Bytes    int64  // of the decompressed content
	Duration time.Duration
	// Missing are the columns of the table that the file has not, Ignored those of the
	// file that are not loaded; Notes are what a reader should know.
	Missing, Ignored, Notes []string
	// Skipped is the reason why nothing was added, and empty for a file that was loaded.
	Skipped string
}

// AlreadyLoaded begins the Skipped of a file whose content is in the table already.
const AlreadyLoaded = "already loaded"

// Totals sums the files up.
func (s Summary) Totals() (loaded, rejected int64, skipped int) {
	for _, f := range s.Files {
		loaded, rejected = loaded+f.Rows, rejected+f.Rejected
		if f.Skipped != "" {
			skipped++
		}
	}
	return loaded, rejected, skipped
}

// Progress hears how far a file is. Bytes are those of the file on disk. The calls
// come from one goroutine at a time, some times a second.
type Progress interface {
	File(path string, bytesDone, bytesTotal, rows, rejected int64)
}

// Lane is where a load writes; a *warehouse.WriteLane is one.
type Lane interface {
	Session(ctx context.Context) (warehouse.Session, error)
}

type noProgress struct{}

func (noProgress) File(string, int64, int64, int64, int64) {}
