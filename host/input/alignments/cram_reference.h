// Where the contigs of a CRAM come from, and what to say when they don't.
#pragma once
#include <string>

#include "iresweep/error.h"

struct htsFile;
struct sam_hdr_t;

namespace iresweep {

/// Keeps HTSlib from asking the network for contigs, unless the environment variable REF_PATH names an address: without
/// one it looks in its cache only ($REF_CACHE, or hts-ref in the user's folder for caches), and addresses in the
/// header are passed over. To be called before a CRAM is opened, while there is one thread.
void keep_reference_search_local();
/// The same, for what the header of an open CRAM names; files that are not there are passed over, too.
void forget_useless_references(htsFile& cram);

/// Gives an open CRAM the contigs of a FASTA, plain or bgzip, and makes its index where it is missing. Throws Error.
void use_reference(htsFile& cram, const std::string& reference);

/// Why the sequence of `contig` could not be had for the CRAM `path`; `reference` as given, may be empty. Nothing,
/// with an empty what_failed, when the reference holds what the header asks for.
Error reference_fault(const std::string& path, sam_hdr_t& header, const std::string& contig,
                      const std::string& reference);

}  // namespace iresweep
