// SPDX-License-Identifier: MIT
#include "diag/report_schema.hpp"

#include <string_view>

namespace dectprov {
namespace {

// `additionalProperties` stays open: fields may be added within a version, and a reader that checks its
// input against today's schema must go on working then.
constexpr std::string_view schema = R"json({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "dectprov report",
  "description": "What `dectprov lint --format json` prints, and `probe` alike. Fields may be added within a version, none is renamed.",
  "type": "object",
  "required": ["version", "summary", "diagnostics"],
  "properties": {
    "version": {"const": 1},
    "summary": {
      "description": "Counts of all findings, those included that the severity keeps out of the list.",
      "type": "object",
      "required": ["files", "servers", "errors", "warnings", "notes"],
      "properties": {
        "files": {"$ref": "#/definitions/count", "description": "Files that were checked."},
        "servers": {"$ref": "#/definitions/count", "description": "Servers they belong to."},
        "errors": {"$ref": "#/definitions/count"},
        "warnings": {"$ref": "#/definitions/count"},
        "notes": {"$ref": "#/definitions/count"},
        "suppressed": {"$ref": "#/definitions/count", "description": "Hidden by comments; absent for none."},
        "baselined": {"$ref": "#/definitions/count", "description": "Hidden by the baseline; absent for none."}
      }
    },
    "probe": {
      "description": "What `dectprov probe` has counted; absent elsewhere.",
      "type": "object",
      "required": ["interrupted", "load", "servers"],
      "properties": {
        "interrupted": {"description": "What was not answered by then is not judged.", "type": "boolean"},
        "load": {"$ref": "#/definitions/load"},
        "servers": {"type": "array", "items": {"$ref": "#/definitions/probed"}}
      }
    },
    "diagnostics": {
      "description": "Sorted by file, line, column and rule.",
      "type": "array",
      "items": {"$ref": "#/definitions/diagnostic"}
    }
  },
  "definitions": {
    "count": {"type": "integer", "minimum": 0},
    "position": {"type": "integer", "minimum": 1},
    "load": {
      "description": "What the servers ask at their own intervals and times, groups and images aside.",
      "type": "object",
      "required": ["servers_at_intervals", "requests_per_second", "bytes_per_hour", "servers_that_never_look"],
      "properties": {
        "servers_at_intervals": {"$ref": "#/definitions/count"},
        "requests_per_second": {"type": "number", "minimum": 0},
        "bytes_per_hour": {"type": "number", "minimum": 0},
        "servers_that_never_look": {"$ref": "#/definitions/count"},
        "busiest_minute": {
          "description": "Of the times of day; absent where no server looks at one.",
          "type": "object",
          "required": ["time", "servers", "requests", "bytes"],
          "properties": {
            "time": {"description": "hh:mm", "type": "string"},
            "servers": {"$ref": "#/definitions/count"},
            "requests": {"$ref": "#/definitions/count"},
            "bytes": {"$ref": "#/definitions/count"}
          }
        }
      }
    },
    "probed": {
      "type": "object",
      "required": ["server", "files", "served", "bytes"],
      "properties": {
        "server": {"type": "string"},
        "files": {"$ref": "#/definitions/count", "description": "That were asked for, images aside."},
        "served": {"$ref": "#/definitions/count"},
        "bytes": {"$ref": "#/definitions/count"},
        "slowest": {
          "description": "The answer that took longest; absent where none came.",
          "type": "object",
          "required": ["file", "seconds"],
          "properties": {"file": {"type": "string"}, "seconds": {"type": "number", "minimum": 0}}
        }
      }
    },
    "diagnostic": {
      "type": "object",
      "required": ["rule", "severity", "file", "line", "column", "end_line", "end_column", "path", "message"],
      "properties": {
        "rule": {"description": "`dectprov explain RULE` tells more.", "type": "string"},
        "severity": {"enum": ["error", "warning", "note"]},
        "file": {"description": "With '/' between folders, as the input was named.", "type": "string"},
        "line": {"$ref": "#/definitions/position"},
        "column": {"$ref": "#/definitions/position", "description": "In Unicode code points."},
        "end_line": {"$ref": "#/definitions/position"},
        "end_column": {"$ref": "#/definitions/position", "description": "Exclusive."},
        "path": {"description": "Dotted path of the element, empty for a whole file.", "type": "string"},
        "message": {"type": "string"},
        "help": {"description": "What to do about it.", "type": "string"},
        "related": {"type": "array", "items": {"$ref": "#/definitions/related"}},
        "fix": {"$ref": "#/definitions/fix", "description": "What `--fix` does about it; absent for none."}
      }
    },
    "fix": {
      "type": "object",
      "required": ["safe", "edits"],
      "properties": {
        "safe": {"description": "False: `--unsafe-fixes` alone applies it.", "type": "boolean"},
        "edits": {"type": "array", "items": {"$ref": "#/definitions/edit"}}
      }
    },
    "edit": {
      "description": "What takes the place of the text from the first position up to the second.",
      "type": "object",
      "required": ["file", "line", "column", "end_line", "end_column", "text"],
      "properties": {
        "file": {"type": "string"},
        "line": {"$ref": "#/definitions/position"},
        "column": {"$ref": "#/definitions/position"},
        "end_line": {"$ref": "#/definitions/position"},
        "end_column": {"$ref": "#/definitions/position"},
        "text": {"type": "string"}
      }
    },
    "related": {
      "type": "object",
      "required": ["file", "line", "column", "message"],
      "properties": {
        "file": {"type": "string"},
        "line": {"$ref": "#/definitions/position"},
        "column": {"$ref": "#/definitions/position"},
        "message": {"type": "string"}
      }
    }
  }
}
)json";

}  // namespace

std::string report_schema() { return std::string(schema); }

}  // namespace dectprov
