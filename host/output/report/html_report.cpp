#include "host/output/report/html_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "host/output/placement.h"
#include "host/output/report/markup.h"
#include "host/output/report/page.h"
#include "host/output/report/pictures.h"

namespace iresweep {
namespace {

constexpr std::string_view kLetters = "ACGTN";

/// What every part of the page looks at.
struct Page {
  const RunSummary& summary;
  const ReportCollector& found;
  const std::optional<NullTable>& null_table;

  std::uint64_t windows() const { return found.counts(Strand::plus).windows() + found.counts(Strand::minus).windows(); }
  std::uint64_t missing() const { return found.counts(Strand::plus).missing() + found.counts(Strand::minus).missing(); }
  std::uint64_t above(std::size_t step) const {
    return found.counts(Strand::plus).above(step) + found.counts(Strand::minus).above(step);
  }
  double share(std::uint64_t count) const { return windows() ? double(count) / double(windows()) : 0; }
  std::size_t threshold_step() const {
    const auto& steps = found.steps();
    return std::size_t(std::lower_bound(steps.begin(), steps.end(), found.threshold_logit()) - steps.begin());
  }
  double threshold() const { return summary.threshold->score; }
};

// A count that was not counted but expected: below 10 it has a fraction.
std::string expected_text(double count) {
  return count < 9.95 ? fmt::format("{:.2g}", count) : grouped(std::uint64_t(std::llround(count)));
}

std::string counts_part(const Page& page) {
  const std::uint64_t called = page.above(page.threshold_step());
  std::uint64_t records = 0, bases = 0;
  for (const InputFacts& input : page.summary.inputs) records += input.records, bases += input.bases;
  std::string html = "<dl class=\"counts\">\n";
  html += card("records", "records", grouped(records)) + card("bases", "bases", grouped(bases));
  html += card("windows", "windows scored", grouped(page.windows() + page.missing()));
  html += card("called", "windows called", grouped(called));
  if (page.null_table) {
    const double expected = page.null_table->share_at(page.found.threshold_logit()) * double(page.windows());
    html += card("expected", "composition alone would call", "≈ " + expected_text(expected));
  }
  html += card("loci", "loci", grouped(page.found.loci()));
  return html + "</dl>\n";
}

std::string scores_part(const Page& page) {
  std::vector<double> shares;
  for (int bin = 0; bin < ScoreCounts::kBins; ++bin)
    shares.push_back(page.share(page.found.counts(Strand::plus).bins()[std::size_t(bin)] +
                                page.found.counts(Strand::minus).bins()[std::size_t(bin)]));
  std::string html = "<h2>Scores</h2>\n<figure>" +
                     histogram_picture(shares, page.null_table ? null_shares(*page.null_table) : std::vector<double>(),
                                       page.threshold());
  html += "<figcaption><span class=\"key s\"></span>share of the windows of this scan";
  if (page.null_table)
    html += fmt::format(
        "; <span class=\"key n\"></span>of {} windows of dinucleotide-shuffled transcripts, which is what composition "
        "alone gives",
        grouped(page.null_table->windows));
  html += "</figcaption></figure>\n";
  if (page.missing() > 0)
    html += fmt::format("<p class=\"soft\">{} windows with more than {} missing bases are left out.</p>\n",
                        grouped(page.missing()), page.summary.max_missing);
  return html;
}

// A score is not a probability: at each height the calls stand beside what composition alone would give.
std::string calls_part(const Page& page) {
  std::vector<TailPoint> seen, null;
  std::string rows;
  const auto& steps = page.found.steps();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    seen.push_back({steps[i], page.share(page.above(i))});
    if (page.null_table) null.push_back({steps[i], page.null_table->share_at(steps[i])});
    const bool chosen = i == page.threshold_step();
    const double score = 1 / (1 + std::exp(-steps[i]));
    if (!chosen && steps[i] != 0 && steps[i] != std::log(9.0) && steps[i] != std::log(99.0) &&
        steps[i] != std::log(999.0))
      continue;
    const double expected = page.null_table ? null.back().share * double(page.windows()) : 0;
    rows +=
        table_row({fmt::format("{:.6g}{}", chosen ? page.threshold() : score, chosen ? " (threshold)" : ""),
                   grouped(page.above(i)), percent(seen.back().share), page.null_table ? expected_text(expected) : "–",
                   page.null_table && expected > 0 ? fmt::format("{:.2f}", double(page.above(i)) / expected) : "–"});
  }
  std::string html = "<h2>Calls against composition</h2>\n<figure>" + tail_picture(seen, null, page.threshold());
  html += "<figcaption>Share of windows that score higher: <span class=\"key s\"></span>this scan";
  if (page.null_table) html += ", <span class=\"key n\"></span>shuffled transcripts";
  html += ". Where the lines run together, composition explains the calls.</figcaption></figure>\n";
  html += "<div class=\"wide\"><table id=\"calls\">\n" +
          table_row({"score above", "windows", "share", "composition alone", "ratio"}, "th") + rows +
          "</table></div>\n";
  if (!page.null_table)
    html +=
        "<p class=\"soft\">The model has no null table: what composition alone would give is not known. "
        "<code>iresweep model calibrate</code> makes one.</p>\n";
  return html;
}

// Only of transcripts whose parts an annotation tells.
std::string parts_part(const Page& page) {
  std::string rows;
  const auto counts = page.found.parts().rows();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const PartCounts::Row& part = counts[i];
    if (part.bases == 0) continue;
    const double kb = double(part.bases) / 1000;
    rows += table_row({escaped(kPartNames[i]), grouped(part.windows), grouped(part.called),
                       part.windows ? percent(double(part.called) / double(part.windows)) : "–", grouped(part.loci),
                       fmt::format("{:.1f}", kb), fmt::format("{:.4f}", double(part.loci) / kb)});
  }
  if (rows.empty()) return "";
  return "<h2>Parts of transcripts</h2>\n<div class=\"wide\"><table id=\"parts\">\n" +
         table_row({"part", "windows", "called", "share called", "loci", "kb of the genome", "loci per kb"}, "th") +
         rows +
         "</table></div>\n<p class=\"soft\">On the transcript's own strand. Windows are counted on every transcript. "
         "Loci and kb are counted on the genome, once for each part, however many isoforms share them: kb are the "
         "bases "
         "that are this part of any transcript scanned, and a locus counts where the middle of its best window is one "
         "of "
         "them. What is 5' UTR in one isoform and CDS in another is both, so the rows may add up to more than all "
         "loci.</p>\n";
}

std::string place_of(const Hit& locus) {
  const Placement place = placement(locus);
  return fmt::format("{}:{}-{} ({})", escaped(place.contig), grouped(std::uint64_t(place.blocks.front().start) + 1),
                     grouped(std::uint64_t(place.blocks.back().end)), place.strand == Strand::plus ? "+" : "−");
}

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", grouped(count), what, count == 1 ? "" : "s");
}

std::string locus_part(const Page& page, const Hit& hit, std::size_t rank) {
  std::string sequence;
  for (const BaseCode base : hit.best_codes) sequence += kLetters[base];
  std::string facts = fmt::format("score {:.6f}", hit.score);
  if (page.null_table) facts += fmt::format(", p {:.3g}", page.null_table->share_at(hit.profile->logit));
  facts += ", " + counted(hit.windows, "called window");
  if (!hit.transcripts.empty()) facts += " of " + counted(transcript_count(hit), "transcript");
  if (hit.reads > 0) facts += " of " + counted(read_count(hit), "read");
  if (!hit.record->gene.empty()) facts += ", gene " + escaped(hit.record->gene);
  return fmt::format(
      "<article class=\"locus\">\n<h3>{}. {}</h3>\n<p>{}</p>\n<p class=\"soft\">{}; best window: bases {} to {} of the "
      "record</p>\n<figure>{}</figure>\n<code>{}</code>\n</article>\n",
      rank, escaped(hit.record->name), place_of(hit), facts, grouped(std::uint64_t(hit.best_start) + 1),
      grouped(std::uint64_t(hit.best_end)), profile_picture(hit, page.threshold()), sequence);
}

// What several records share is one locus, and shown on one of them.
std::string sharing_text(const LocusRules& rules) {
  if (rules.records == RecordKind::transcripts)
    return " A locus is one place on the genome: where called regions of a gene's transcripts overlap with the same "
           "introns they are one, named and shown by the transcript of the best window.";
  if (rules.records != RecordKind::reads) return "";
  return " A locus is one place on the genome: called regions of reads that overlap on one strand with the same "
         "introns "
         "are one, named and shown by the read of the best window." +
         (rules.min_reads > 1 ? fmt::format(" Only loci of at least {} reads are listed.", grouped(rules.min_reads))
                              : "");
}

std::string loci_part(const Page& page) {
  const auto& top = page.found.top();
  std::string html = "<h2>Top loci</h2>\n";
  if (top.empty())
    return html + (page.found.loci() == 0
                       ? "<p>Nothing was called.</p>\n"
                       : fmt::format("<p>No locus has {} reads.</p>\n", grouped(page.found.rules().min_reads)));
  html += fmt::format(
      "<p class=\"soft\">The {} of the highest scores. A picture shows the score of every window around the best one, "
      "which is shaded and whose sequence stands below, as it was scored.{}</p>\n",
      top.size() == 1 ? "one" : fmt::format("{}", top.size()), sharing_text(page.found.rules()));
  for (std::size_t i = 0; i < top.size(); ++i) html += locus_part(page, top[i], i + 1);
  return html;
}

std::string facts_part(const RunSummary& summary) {
  std::string rows;
  const auto add = [&](std::string_view what, const std::string& value) {
    rows += table_row({std::string(what), value});
  };
  add("program", "iresweep " + escaped(summary.version));
  add("command", "<code>" + escaped(summary.command) + "</code>");
  for (const InputFacts& input : summary.inputs)
    add("input",
        fmt::format("{}: {} records, {} bases{}", escaped(input.path), grouped(input.records), grouped(input.bases),
                    input.checksum.empty() ? "" : ", XXH3-128 <code>" + input.checksum + "</code>"));
  add("model", fmt::format("{}, weights <code>{}</code>", escaped(summary.model.name), summary.model.hash));
  add("threshold", fmt::format("score above {:.6g}{}", summary.threshold->score,
                               summary.threshold->null_rate ? fmt::format(", which {} of shuffled windows reach",
                                                                          percent(*summary.threshold->null_rate))
                                                            : ""));
  add("windows", fmt::format("174 bases, one every {}; strand {}; at most {} missing bases", summary.step,
                             summary.strands, summary.max_missing));
  add("device", fmt::format("{}, {} threads", escaped(summary.device), summary.threads));
  add("time",
      fmt::format("{:.1f} s, {} windows a second", summary.seconds,
                  grouped(std::uint64_t(summary.seconds > 0 ? double(summary.counts.windows) / summary.seconds : 0))));
  add("peak memory", fmt::format("{:.0f} MB", double(summary.peak_memory) * 1e-6));
  return "<h2>The run</h2>\n<table class=\"facts\">\n" + rows + "</table>\n";
}

}  // namespace

std::string html_report(const RunSummary& summary, const ReportCollector& found,
                        const std::optional<NullTable>& null_table) {
  const Page page{summary, found, null_table};
  return iresweep::page(
      {.title = "iresweep report",
       .lead = "Windows that may be internal ribosome entry sites. A score is not a probability, and most of it is "
               "explained by composition: a hit is a candidate for an experiment.",
       .body = counts_part(page) + scores_part(page) + calls_part(page) + parts_part(page) + loci_part(page) +
               facts_part(summary),
       .style = {},
       .script = {},
       .script_hash = {}});
}

}  // namespace iresweep
