package world

import (
	"math"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/fault"
)

func TestConfigurationsOutOfRangeAreRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Config){
		"no customers":       func(c *Config) { c.Customers = 0 },
		"too many customers": func(c *Config) { c.Customers = 2_000_000 },
		"a week":             func(c *Config) { c.Days = 7 },
		"a century":          func(c *Config) { c.Days = 36_500 },
		"too few purchases":  func(c *Config) { c.Transactions = 10 },
		"too many a day":     func(c *Config) { c.Transactions = 2_000_000_000 },
		"long ago":           func(c *Config) { c.Start = time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC) },
		"all dirty":          func(c *Config) { c.Dirty = 1 },
		"negative":           func(c *Config) { c.Late = -0.1 },
		"not a number":       func(c *Config) { c.Duplicates = math.NaN() },
	} {
		cfg, err := NewConfig(DefaultScale)
		if err != nil {
			t.Fatal(err)
		}
		change(&cfg)
		if _, err := New(cfg, cfg.Days); !fault.Is(err, fault.Usage) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewConfig("huge"); !fault.Is(err, fault.Usage) {
		t.Error("a scale that is not there: ", err)
	}
	for _, s := range Scales() {
		if cfg, err := NewConfig(s.Name); err != nil || cfg.Validate() != nil {
			t.Error(s.Name, err, cfg.Validate())
		}
	}
}

func TestParametersGiveTheConfigurationBack(t *testing.T) {
	t.Parallel()
	cfg := tiny(t)
	cfg.Seed, cfg.Late = 12_345_678_901_234_567_890, 0.012345
	got, through, ok := ReadParameters(cfg.Parameters(800))
	if !ok || got != cfg || through != 800 {
		t.Errorf("%+v up to %d, %v", got, through, ok)
	}
	broken := cfg.Parameters(800)
	delete(broken, "seed")
	if _, _, ok := ReadParameters(broken); ok {
		t.Error("parameters without a seed are taken")
	}
}
