/** Test files of a project; a mapping has one or two. */
export const testFilesMax = 200;

/** Cases in one file. The shipped mappings have some sixty; a longer list belongs into several files. */
export const casesMax = 500;

/** Records that one case gives. A case is read by people. */
export const recordsMax = 500;

/** Links, decisions and expectations of one case, each. */
export const entriesMax = 500;

/** Records that one call of `--record` names. */
export const recordedMax = 50;
