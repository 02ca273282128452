// natural has types for its root only; importing the root would load four database drivers.
declare module "natural/lib/natural/distance/levenshtein_distance" {
  export function DamerauLevenshteinDistance(
    source: string,
    target: string,
    options?: { restricted?: boolean },
  ): number;
}
declare module "natural/lib/natural/stemmers/indonesian/stemmer_id" {
  const stemmer: { stem(word: string): string };
  export = stemmer;
}
declare module "natural/lib/natural/stemmers/indonesian/data/kata-dasar.json" {
  const roots: string[];
  export = roots;
}
declare module "natural/lib/natural/tokenizers/aggressive_tokenizer_id" {
  class AggressiveTokenizerId {
    tokenize(text: string): string[];
  }
  export = AggressiveTokenizerId;
}
