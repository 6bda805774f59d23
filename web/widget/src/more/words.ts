// The English texts of the lazily loaded part; the files of the other languages include theirs.

export interface MoreStrings {
  remove: string;
  tooBig: string;
  tooMany: string;
  refused: string;
  picture: string;
  coming: string;
  soldOut: string;
}

export const moreWords: MoreStrings = {
  remove: "Remove",
  tooBig: "Larger than {}",
  tooMany: "At most {} files at once",
  refused: "This kind of file is not accepted",
  picture: "Picture",
  coming: "On its way…",
  soldOut: "Sold out",
};
