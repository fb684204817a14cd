package duckdb

import (
	"fmt"
	"strings"

	mapping "github.com/duckdb/duckdb-go-bindings"
)

const maxDecimalWidth = 38

// shape is what the reader and the writer must know of a column's type.
type shape struct {
	id       mapping.Type
	name     string
	physical mapping.Type // of decimals and enums
	width    uint8
	scale    uint8
	size     uint64   // of arrays
	words    []string // of enums; field names of structs and members of unions
	inner    []shape  // element, fields, key and value, members
}

func newShape(lt mapping.LogicalType) shape {
	s := shape{id: mapping.GetTypeId(lt)}
	child := func(c mapping.LogicalType) shape {
		defer mapping.DestroyLogicalType(&c)
		return newShape(c)
	}
	switch s.id {
	case mapping.TypeDecimal:
		s.physical, s.width, s.scale = mapping.DecimalInternalType(lt), mapping.DecimalWidth(lt), mapping.DecimalScale(lt)
		s.name = fmt.Sprintf("DECIMAL(%d,%d)", s.width, s.scale)
	case mapping.TypeEnum:
		s.physical = mapping.EnumInternalType(lt)
		quoted := []string{}
		for i := range mapping.EnumDictionarySize(lt) {
			word := mapping.EnumDictionaryValue(lt, mapping.IdxT(i))
			s.words, quoted = append(s.words, word), append(quoted, quoteText(word))
		}
		s.name = "ENUM(" + strings.Join(quoted, ", ") + ")"
	case mapping.TypeList:
		s.inner = []shape{child(mapping.ListTypeChildType(lt))}
		s.name = s.inner[0].name + "[]"
	case mapping.TypeArray:
		s.inner = []shape{child(mapping.ArrayTypeChildType(lt))}
		s.size = uint64(mapping.ArrayTypeArraySize(lt))
		s.name = fmt.Sprintf("%s[%d]", s.inner[0].name, s.size)
	case mapping.TypeMap:
		s.inner = []shape{child(mapping.MapTypeKeyType(lt)), child(mapping.MapTypeValueType(lt))}
		s.name = "MAP(" + s.inner[0].name + ", " + s.inner[1].name + ")"
	case mapping.TypeStruct:
		for i := range mapping.StructTypeChildCount(lt) {
			s.words = append(s.words, mapping.StructTypeChildName(lt, i))
			s.inner = append(s.inner, child(mapping.StructTypeChildType(lt, i)))
		}
		s.name = "STRUCT(" + s.fields() + ")"
	case mapping.TypeUnion:
		for i := range mapping.UnionTypeMemberCount(lt) {
			s.words = append(s.words, mapping.UnionTypeMemberName(lt, i))
			s.inner = append(s.inner, child(mapping.UnionTypeMemberType(lt, i)))
		}
		s.name = "UNION(" + s.fields() + ")"
	default:
		s.name = typeName(s.id)
	}
	if alias := mapping.LogicalTypeGetAlias(lt); alias != "" {
		s.name = alias
	}
	return s
}

func (s *shape) fields() string {
	parts := make([]string, len(s.inner))
	for i := range s.inner {
		parts[i] = quoteName(s.words[i]) + " " + s.inner[i].name
	}
	return strings.Join(parts, ", ")
}

//nolint:funlen // a table
func typeName(t mapping.Type) string {
	switch t {
	case mapping.TypeBoolean:
		return "BOOLEAN"
	case mapping.TypeTinyInt:
		return "TINYINT"
	case mapping.TypeSmallInt:
		return "SMALLINT"
	case mapping.TypeInteger:
		return "INTEGER"
	case mapping.TypeBigInt:
		return "BIGINT"
	case mapping.TypeUTinyInt:
		return "UTINYINT"
	case mapping.TypeUSmallInt:
		return "USMALLINT"
	case mapping.TypeUInteger:
		return "UINTEGER"
	case mapping.TypeUBigInt:
		return "UBIGINT"
	case mapping.TypeHugeInt:
		return "HUGEINT"
	case mapping.TypeUHugeInt:
		return "UHUGEINT"
	case mapping.TypeBigNum:
		return "BIGNUM"
	case mapping.TypeFloat:
		return "FLOAT"
	case mapping.TypeDouble:
		return "DOUBLE"
	case mapping.TypeVarchar:
		return "VARCHAR"
	case mapping.TypeBlob:
		return "BLOB"
	case mapping.TypeBit:
		return "BIT"
	case mapping.TypeUUID:
		return "UUID"
	case mapping.TypeDate:
		return "DATE"
	case mapping.TypeTime:
		return "TIME"
	case mapping.TypeTimeNS:
		return "TIME_NS"
	case mapping.TypeTimeTZ:
		return "TIME WITH TIME ZONE"
	case mapping.TypeTimestamp:
		return "TIMESTAMP"
	case mapping.TypeTimestampS:
		return "TIMESTAMP_S"
	case mapping.TypeTimestampMS:
		return "TIMESTAMP_MS"
	case mapping.TypeTimestampNS:
		return "TIMESTAMP_NS"
	case mapping.TypeTimestampTZ:
		return "TIMESTAMP WITH TIME ZONE"
	case mapping.TypeInterval:
		return "INTERVAL"
	case mapping.TypeGeometry:
		return "GEOMETRY"
	case mapping.TypeVariant:
		return "VARIANT"
	case mapping.TypeSQLNull:
		return "\"NULL\""
	default:
		return "UNKNOWN"
	}
}
