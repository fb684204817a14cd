package host

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/kith-analytics/kith/internal/control"
	"github.com/kith-analytics/kith/internal/relay"
	"github.com/kith-analytics/kith/internal/warehouse"
	"github.com/kith-analytics/kith/internal/warehouse/duckdb"
)

// Config says what to own, and how.
type Config struct {
	Warehouse duckdb.Config
	// ControlPath is the file of the server's own state.
	ControlPath string
	// Readers is how many queries run at once; 0 for warehouse.DefaultReaders.
	Readers int
	// QueryTimeout bounds each query of readers.
	QueryTimeout time.Duration
	Now          func() time.Time
	Logger       *slog.Logger
}

// Figures of how the host works.
const (
	// spareReaders are sessions beside the readers', for those that errors cost.
	spareReaders = 12
	// drain is how long a publication waits for readers, to empty the log.
	drain = 2 * time.Second
	// keepRuns is how many runs are kept.
	keepRuns = 500
)

// Host owns a warehouse until Close. It is safe for concurrent use.
type Host struct {
	hub

	path      string
	engine    *duckdb.Engine
	lanes     *warehouse.Lanes
	published *warehouse.Published
	control   *control.Store
	now       func() time.Time
	log       *slog.Logger
	started   time.Time

	mu        sync.Mutex
	active    *Recorder // whose job has the write lane
	state     State
	afterward []func()
}

// State says which data is shown and how it stands with the tables.
type State struct {
	Version     string
	PublishedAt time.Time
	// Unfinished names the nodes because of which newer tables are not shown.
	Unfinished []string
	// Mixed is true when what is shown is unfinished itself: the server was started on
	// tables that an earlier run left so.
	Mixed bool
}

// Open opens the warehouse and shows what is in it. A warehouse that another process
// holds gives a fault of code Held.
func Open(ctx context.Context, c Config) (_ *Host, err error) {
	h := &Host{path: c.Warehouse.Path, now: c.Now, log: c.Logger, started: c.Now()}
	if c.Warehouse.Path != duckdb.Memory {
		h.path = relay.Resolve(c.Warehouse.Path)
	}
	if h.engine, err = duckdb.Open(ctx, c.Warehouse); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()
	if h.control, err = control.Open(ctx, c.ControlPath, c.Now); err != nil {
		return nil, err
	}
	h.lanes = warehouse.NewLanes(h.engine, warehouse.LaneOptions{Readers: c.Readers, AtEnd: h.atEnd})
	h.published = warehouse.NewPublished(h.lanes, warehouse.PublishOptions{
		Readers: c.Readers, Spare: spareReaders, ReadTimeout: c.QueryTimeout, Drain: drain,
	})
	left, err := h.control.InterruptRuns(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range left {
		h.log.Warn("a run was interrupted when the last server ended", "run", r.ID, "command", r.Command)
	}
	if err := errors.Join(h.control.Trim(ctx, keepRuns), h.control.Sweep(ctx)); err != nil {
		return nil, err
	}
	err = h.publish(ctx)
	return h, err
}

// Owns says whether a warehouse file is the one of the host.
func (h *Host) Owns(path string) bool {
	return path != duckdb.Memory && relay.Resolve(path) == h.path
}

// Lanes gives the lanes, which jobs write on.
func (h *Host) Lanes() *warehouse.Lanes { return h.lanes }

// Control gives the server's own state.
func (h *Host) Control() *control.Store { return h.control }

// Read gives the right to read the state that is shown.
func (h *Host) Read(ctx context.Context) (*warehouse.Reading, error) { return h.published.Read(ctx) }

// State says which data is shown.
func (h *Host) State() State {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.state
	s.Unfinished = slices.Clone(s.Unfinished)
	return s
}

// Afterward has a function called each time a job has ended. It must not block.
func (h *Host) Afterward(do func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.afterward = append(h.afterward, do)
}

// PublishAnyway shows the tables as they are, finished or not: what is unfinished
// is forgotten.
func (h *Host) PublishAnyway(ctx context.Context) (err error) {
	lane, err := h.lanes.Write(ctx)
	if err != nil {
		return err
	}
	unfinished, err := h.control.Unfinished(ctx)
	return errors.Join(err, h.control.SetUnfinished(ctx, "", nil, unfinished), lane.Release())
}

// atEnd follows every job, before the next can begin.
func (h *Host) atEnd() error {
	ctx := context.Background() // what was written is there, whoever was cancelled
	h.mu.Lock()
	rec, todo := h.active, h.afterward
	h.active = nil
	h.mu.Unlock()
	if rec != nil {
		if err := rec.settle(ctx); err != nil {
			return err
		}
	}
	unfinished, err := h.control.Unfinished(ctx)
	if err != nil {
		return err
	}
	if len(unfinished) == 0 {
		err = h.publish(ctx)
	} else {
		h.mu.Lock()
		h.state.Unfinished = unfinished
		h.mu.Unlock()
		h.log.Warn("the tables do not fit together, so that the version before stays", "version", h.State().Version, "unfinished", len(unfinished))
	}
	if rec != nil {
		rec.published(h.State(), len(unfinished) == 0)
	}
	for _, do := range todo {
		do()
	}
	return err
}

// publish shows the tables of now as the next version. The caller keeps writers out.
func (h *Host) publish(ctx context.Context) error {
	began := h.now()
	n, err := h.control.NextVersion(ctx)
	if err != nil {
		return err
	}
	unfinished, err := h.control.Unfinished(ctx)
	if err != nil {
		return err
	}
	// The time tells versions apart that are counted anew after the state was deleted.
	version := strconv.FormatInt(n, 10) + "-" + strings.ToLower(strconv.FormatInt(began.Unix(), 36))
	checkpointed, err := h.published.Publish(ctx, version)
	if err != nil {
		return err
	}
	h.mu.Lock()
	h.state = State{Version: version, PublishedAt: began.UTC(), Unfinished: unfinished, Mixed: len(unfinished) > 0}
	h.mu.Unlock()
	h.log.Info("data published", "version", version, "took", h.now().Sub(began), "checkpointed", checkpointed)
	h.tell(Notice{Kind: DataChanged, Version: version})
	return nil
}

// EndUnbegun keeps how a run ended that was known before it could begin, and tells those who
// wait for it.
func (h *Host) EndUnbegun(ctx context.Context, run control.Run) error {
	err := h.control.EndRun(ctx, run)
	h.tell(Notice{Kind: RunFinished, RunID: run.ID, Command: run.Command, Status: string(run.Status)})
	return err
}

// Close ends the reading and gives the warehouse free. Jobs must have ended.
func (h *Host) Close() error {
	h.Silence()
	var errs []error
	if h.published != nil {
		errs = append(errs, h.published.Close())
	}
	if h.control != nil {
		errs = append(errs, h.control.Close())
	}
	return errors.Join(append(errs, h.engine.Close())...)
}
