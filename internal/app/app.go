package app

import (
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/dbt/window"
	"github.com/kith-analytics/kith/internal/host"
	"github.com/kith-analytics/kith/internal/warehouse"
)

// DbtVersion is the dbt whose projects, artifacts and behaviour Kith follows.
const DbtVersion = "1.12"

// dbtRelease is the same as a whole version.
const dbtRelease = DbtVersion + ".0"

// Config is what an invocation brings from outside. Env, Now, NewID, Stdout and
// Events must be set; everything else has a default.
type Config struct {
	// Version of Kith, for the first line.
	Version string
	// Command is the verb, which templates see as flags.WHICH.
	Command string
	// WorkDir is the folder that relative paths start from and where the search
	// for a project begins.
	WorkDir string
	// HomeDir is the person's home; ~/.dbt below it may hold profiles.yml.
	HomeDir string
	// ProjectDir is the project folder; "" searches WorkDir and the folders above it.
	ProjectDir string
	// ProfilesDir holds profiles.yml; "" searches WorkDir, the project and ~/.dbt.
	ProfilesDir string
	// Profile and Target override the project's and the profile's own choice.
	Profile, Target string
	// Threads overrides the profile's number of workers when it is above 0.
	Threads int
	// Vars is a YAML mapping of variables that outrank the project's.
	Vars string
	// TargetPath overrides the project's folder for artifacts.
	TargetPath string

	Flags Flags

	// Env looks environment variables up.
	Env func(name string) (string, bool)
	// EnvNames lists the environment's variables, for those that artifacts record.
	EnvNames []string
	Now      func() time.Time
	// NewID gives the invocation's id, FreshID one for each run that a server starts;
	// nil for NewID.
	NewID   func() string
	FreshID func() string
	Stdin   io.Reader
	Stdout  io.Writer
	// Events hears what happens, to show it.
	Events event.Sink
	// Logger gets diagnostics; nil drops them.
	Logger *slog.Logger
	// Host owns the warehouse already, so that the App opens none; nil in a process of
	// its own.
	Host *host.Host
	// StartedBy says who wants it, for the record of runs; "" is the command line.
	StartedBy string
}

// Flags are dbt's global flags that change what commands do. Nil pointers were
// not given, so that the project's own flags decide.
type Flags struct {
	FullRefresh   bool
	Empty         bool
	StoreFailures *bool
	FailFast      *bool
	WarnError     *bool
	// WarnErrorOptions is a YAML mapping with error, warn and silence; "" leaves them
	// to the project.
	WarnErrorOptions string
	WriteJSON        *bool
	// VersionCheck says whether require-dbt-version counts.
	VersionCheck *bool
	// Introspect says whether compiling may ask the warehouse.
	Introspect *bool
	Indirect   string
	State      StateFlags
	// EventTime bounds the windows of microbatch models; zero leaves them to the models.
	EventTime window.Window
	// Sample narrows what is read to a window of time; nil for everything.
	Sample *window.Window
	// Again repeats an earlier run in place of a selection; nil for a run of its own.
	Again *Again
	// Args are all flags by dbt's names, for run_results.json and templates.
	Args map[string]any
}

// App is one invocation. Its methods are for one goroutine.
type App struct {
	cfg     Config
	id      string
	started time.Time
	log     *slog.Logger

	// rec keeps what the command does, for a host.
	rec     *host.Recorder
	project *loaded
	opening sync.Mutex
	lanes   *warehouse.Lanes
	engine  warehouse.Engine
}

// New makes an App; nothing is read or opened yet.
func New(cfg Config) *App {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.FreshID == nil {
		cfg.FreshID = cfg.NewID
	}
	a := &App{cfg: cfg, id: cfg.NewID(), started: cfg.Now(), log: cfg.Logger}
	if cfg.Host != nil {
		by := cfg.StartedBy
		if by == "" {
			by = "command line"
		}
		a.rec = cfg.Host.Record(host.Job{ID: a.id, Command: cfg.Command, Arguments: argumentsOf(cfg.Flags.Args), StartedBy: by}, cfg.Events)
		a.cfg.Events = a.rec
	}
	return a
}

// Close gives the warehouse back. An App that opened none closes well.
func (a *App) Close() error {
	a.opening.Lock()
	defer a.opening.Unlock()
	if a.engine == nil {
		a.lanes = nil
		return nil
	}
	engine := a.engine
	a.engine, a.lanes = nil, nil
	return engine.Close()
}

// emit tells an event.
func (a *App) emit(e event.Event) { a.cfg.Events.Emit(e) }

// abs makes a path absolute from the working directory.
func (a *App) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(a.cfg.WorkDir, path)
}

// Announce says which version runs.
func (a *App) Announce() {
	a.emit(event.Version{Version: a.cfg.Version, Dbt: DbtVersion})
}
