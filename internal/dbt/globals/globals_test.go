package globals_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/globals"
	"github.com/kith-analytics/kith/internal/jinja"
)

type vars map[string]jinja.Value

func (v vars) Lookup(name string) (jinja.Value, bool) {
	value, ok := v[name]
	return value, ok
}

// evaluate renders one template with the global names.
func evaluate(t *testing.T, src string, secrets bool) (string, []string, error) {
	t.Helper()
	var said []string
	inv := &globals.Invocation{
		ID: "id-1", StartedAt: time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC), Version: "1.12.0", Flags: jinja.NewDict(), Now: time.Now,
		Env: func(name string) (string, bool) {
			v, ok := map[string]string{"HOME_TOWN": "Kyiv", "DBT_ENV_SECRET_KEY": "s3cret"}[name]
			return v, ok
		},
		Log: func(_ globals.Level, msg string) error { said = append(said, msg); return nil },
	}
	inv.Flags.SetStr("FULL_REFRESH", true)
	tmpl, err := jinja.Parse("t.sql", src)
	if err != nil {
		t.Fatal(err)
	}
	scope := inv.Scope(vars{"n": int64(3), "none": nil}, jinja.NewDict(), secrets)
	out, err := jinja.NewRuntime(t.Context(), jinja.Options{Undefined: jinja.Strict}).Render(tmpl, scope)
	return out, said, err
}

// The expected texts are Python's and dbt's.
func TestGlobalFunctions(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		`{{ var('n') + 1 }} {{ var('x', 'dflt') }} {{ var('x', none) }} {{ var.has_var('n') }} {{ var.has_var('x') }}`: "4 dflt None True False",
		`{{ env_var('HOME_TOWN') }} {{ env_var('NOPE', 'here') }}`:                                                     "Kyiv here",
		`{{ fromjson('{"b": [1, 2.5, null], "a": true}') }} {{ fromjson('{', 'bad') }}`:                                "{'b': [1, 2.5, None], 'a': True} bad",
		`{{ tojson({'b': 1, 'a': [none, 'x']}) }} {{ tojson({'b': 1, 'a': 2}, sort_keys=true) }}`:                      `{"b": 1, "a": [null, "x"]} {"a": 2, "b": 1}`,
		`{{ fromyaml('a: [1, yes]\nb: {c: 2020-01-01}') }}`:                                                            "{'a': [1, True], 'b': {'c': '2020-01-01'}}",
		`{{ toyaml({'a': [1, 'x']}) }}`:                                                                                "a:\n  - 1\n  - x\n",
		`{{ set([1, 2, 2]) | length }} {{ set(3, 'no') }} {{ zip([1, 2], ['a', 'b', 'c']) | list }}`:                   "2 no [(1, 'a'), (2, 'b')]",
		`{{ local_md5('kith') }}`: "96232b77fb974a8d8aff7a8a86f36b71",
		`{{ diff_of_two_dicts({'select': ['a', 'B'], 'x': ['c']}, {'SELECT': ['b']}) }}`:                                                      "{'select': ['a'], 'x': ['c']}",
		`{{ invocation_id }} {{ dbt_version }} {{ flags.FULL_REFRESH }} {{ flags.NOT_THERE }}`:                                                "id-1 1.12.0 True None",
		`{{ run_started_at.strftime('%Y-%m-%d') }}`:                                                                                           "2024-03-01",
		`{{ modules.datetime.date(2024, 2, 29) + modules.datetime.timedelta(days=1) }}`:                                                       "2024-03-01",
		`{{ modules.re.sub('(?P<w>[a-z]+)-(\d+)', '\\2:\\g<w>', 'ab-12 cd-3') }}`:                                                             "12:ab 3:cd",
		`{{ modules.re.match('a(b)?', 'ac').groups() }} {{ modules.re.match('x', 'ax') }} {{ modules.re.search('x', 'ax').start() }}`:         "(None,) None 1",
		`{{ modules.re.findall('(a)(b)', 'abab') }} {{ modules.re.split('[,;]', 'a,b;c') }} {{ modules.re.fullmatch('a|ab', 'ab').group() }}`: "[('a', 'b'), ('a', 'b')] ['a', 'b', 'c'] ab",
		`{{ modules.re.compile('A', modules.re.IGNORECASE).findall('aA') }} {{ modules.re.escape('a.b') }}`:                                   `['a', 'A'] a\.b`,
		`{{ modules.itertools.combinations([1, 2, 3], 2) | list }} {{ modules.itertools.product('ab', [1]) | list }}`:                         "[(1, 2), (1, 3), (2, 3)] [('a', 1), ('b', 1)]",
		`{{ modules.itertools.permutations([1, 2]) | list }} {{ modules.itertools.chain([1], [2]) | list }}`:                                  "[(1, 2), (2, 1)] [1, 2]",
		`{{ modules.itertools.zip_longest([1, 2], ['a'], fillvalue='-') | list }} {{ modules.itertools.islice('abcdef', 1, 5, 2) | list }}`:   "[(1, 'a'), (2, '-')] ['b', 'd']",
	} {
		t.Run(src, func(t *testing.T) {
			t.Parallel()
			got, _, err := evaluate(t, src, false)
			if err != nil || strings.TrimRight(got, "\n") != strings.TrimRight(want, "\n") {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
		})
	}
}

func TestWhatStopsATemplate(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"{{ var('x') }}":                                            "Required var 'x' not found in config; set it under vars: in dbt_project.yml or with --vars",
		"\n{{ env_var('NOPE') }}":                                   "Env var required but not provided: 'NOPE'",
		"{{ env_var('DBT_ENV_SECRET_KEY') }}":                       "may be used only in profiles.yml",
		"{{ exceptions.raise_compiler_error('no such thing') }}":    "no such thing",
		"{{ set_strict(3) }}":                                       "not iterable",
		"{{ modules.re.match('(', 'x') }}":                          `the pattern "(" is not a regular expression`,
		"{{ modules.itertools.product(range(2000), range(2000)) }}": "would give more than 1000000 rows",
		"{{ exceptions.raise_contract_error([{'name': 'a', 'data_type': 'int'}, {'name': 'c', 'data_type': 'int'}], [{'name': 'a', 'data_type': 'text'}, {'name': 'b', 'data_type': 'int'}]) }}": "a is text, the contract says int; b is not in the contract; c is in the contract and not in the SQL",
	} {
		t.Run(src, func(t *testing.T) {
			t.Parallel()
			_, _, err := evaluate(t, src, false)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
	if got, _, err := evaluate(t, "{{ env_var('DBT_ENV_SECRET_KEY') }}", true); err != nil || got != "s3cret" {
		t.Errorf("a profile reads %q, %v", got, err)
	}
}

func TestWhatTemplatesSay(t *testing.T) {
	t.Parallel()
	out, said, err := evaluate(t, "{{ log('quiet') }}{{ log('loud', info=true) }}{{ print('out') }}{% do exceptions.warn('care') %}.", false)
	if err != nil || out != "." || strings.Join(said, ",") != "quiet,loud,out,care" {
		t.Errorf("said %v, printed %q, %v", said, out, err)
	}
}
