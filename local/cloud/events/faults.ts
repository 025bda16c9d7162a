/** What Lambda's mappings of streams do now and then: at least once is no figure of speech. */
export interface StreamFaults {
  /**
   * Whether an older batch of the lane is delivered again while the next one is.
   * @param batches how many older ones there are to choose from
   * @returns which one, counted from the oldest
   */
  redelivers?(batches: number): number | undefined;
}
