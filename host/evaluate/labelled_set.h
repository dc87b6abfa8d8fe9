// Sequences of which it is known whether they are IRES.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "host/input/sequence_source.h"
#include "iresweep/bases.h"

namespace iresweep {

struct LabelledRecord {
  std::string name;
  std::vector<BaseCode> codes;  ///< at least one
  bool positive = false;
};

/// All in memory: one byte a base.
struct LabelledSet {
  std::vector<LabelledRecord> records;
  std::vector<InputFacts> inputs;
  std::uint64_t unlabelled = 0;  ///< records passed over for want of a label
  std::uint64_t filtered = 0;    ///< rows that a condition left out
};

struct LabelRules {
  std::string separator = "|";  ///< FASTA: cuts a record's name into fields
  int field = 2;                ///< FASTA: which of them, from 1, is the label
  std::string id_column = "id", sequence_column = "sequence", label_column = "label";  ///< tables
  struct Condition {
    std::string column, value;
  };
  std::vector<Condition> where;  ///< tables: only rows that meet all
  bool skip_unlabelled = false;  ///< pass over records whose label is empty, instead of failing
};

/// Tables are told from FASTA by their names: .tsv or .tsv.gz.
bool is_table(const std::string& path);

/// Each of these appends the records of one file. Throws Error, with file and record or line, for a label that is
/// neither 1 nor 0, a record without a base, letters that are no bases, a column that is not there.
void add_labelled_fasta(LabelledSet& set, const std::string& path, const LabelRules& rules);
void add_labelled_table(LabelledSet& set, const std::string& path, const LabelRules& rules);
/// Every record of the FASTA file has this label.
void add_fasta_of_one_class(LabelledSet& set, const std::string& path, bool positive);

/// Throws Error unless there are positives and negatives.
void check_both_classes(const LabelledSet& set);

/// One per record, in order.
std::vector<bool> labels_of(const LabelledSet& set);

}  // namespace iresweep
