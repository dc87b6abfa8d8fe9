// An effect as text: the entry of VCF's INFO, and the row of a table.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "host/variants/comparison.h"

namespace iresweep {

/// Of VCF's INFO: one entry for each allele and target.
inline constexpr const char* kEffectTag = "IRES";
/// One number for each allele.
inline constexpr const char* kChangeTag = "IRES_DLOGIT";

/// The two lines of the header that say what they are, each with its end.
std::string info_header();

/// Entries with commas between them, of '|' and fields; empty where no effect is worth one: alleles that touch nothing.
/// What would part fields is written as %XX.
std::string info_entries(const VariantRecord& record, const std::vector<Effect>& effects);

/// For each ALT the change of the best window's logit on the target where it changes most; nothing where it is not
/// scored.
std::vector<std::optional<float>> info_changes(const VariantRecord& record, const std::vector<Effect>& effects);

/// Tab-separated; positions are 1-based, '.' where something is absent. Each with its end.
std::string table_header();
/// A row for each effect; for a record without ALT one that says so.
std::string table_rows(const VariantRecord& record, const std::vector<Effect>& effects);

}  // namespace iresweep
