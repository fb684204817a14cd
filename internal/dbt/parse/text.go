package parse

import (
	"crypto/md5" //nolint:gosec // see md5hex
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/compile"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// The kinds of warnings, by dbt's names and codes.
const (
	unknownKey    = "CustomTopLevelKeyDeprecation"
	unusedPatch   = "NoNodeForYamlKey"
	unusedSetting = "UnusedResourceConfigPath"
	missingNode   = "NodeNotFoundOrDisabled"
)

// warnf keeps a warning of one line.
func (p *parser) warnf(name, file string, line int, format string, args ...any) {
	p.warn(name, fault.New(fault.Parse, format, args...).At(file, line).Error())
}

func (p *parser) warn(name, msg string) {
	code := map[string]string{unknownKey: "D025", unusedPatch: "I058", unusedSetting: "I051", missingNode: "I060"}[name]
	p.warnings = append(p.warnings, Warning{Name: name, Code: code, Msg: msg})
}

// str gives a value's text, and "" for none.
func str(v jinja.Value) string {
	if v == nil {
		return ""
	}
	return jinja.Str(v)
}

func didYouMean(name string, candidates []string) string {
	if near := compile.Nearest(name, candidates); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// dict gives a dict value, or an empty one.
func dictOf(v jinja.Value) *jinja.Dict {
	if d, ok := v.(*jinja.Dict); ok {
		return d
	}
	return jinja.NewDict()
}

func trimmed(v jinja.Value) string { return strings.TrimSpace(str(v)) }

func number(s string) (float64, bool) {
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

func md5hex(s string) string {
	sum := md5.Sum([]byte(s)) //nolint:gosec // dbt's names are made with md5; nothing is guarded by it
	return hex.EncodeToString(sum[:])
}
