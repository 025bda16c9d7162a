import { describe, expect, test } from '@jest/globals';
import { createTime } from '#local/appsync/sandbox/utilities/time.ts';

/** 2018-02-06T19:01:35.750Z. */
const NOW = 1_517_943_695_750;
const time = createTime(() => NOW);

test('the clock is read in every form', () => {
  expect(time.nowISO8601()).toBe('2018-02-06T19:01:35.750Z');
  expect(time.nowEpochSeconds()).toBe(1_517_943_695);
  expect(time.nowEpochMilliSeconds()).toBe(NOW);
  expect(time.nowFormatted('yyyy-MM-dd HH:mm:ssZ')).toBe('2018-02-06 19:01:35+0000');
  expect(time.nowFormatted('yyyy-MM-dd HH:mm:ssZ', '+08:00')).toBe('2018-02-07 03:01:35+0800');
});

test('ISO 8601 is read and written, without milliseconds where there are none', () => {
  expect(time.parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')).toBe(
    1_517_476_865_180,
  );
  expect(time.epochMilliSecondsToISO8601(1_517_476_865_180)).toBe('2018-02-01T09:21:05.180Z');
  expect(time.epochMilliSecondsToISO8601(1_517_476_865_000)).toBe('2018-02-01T09:21:05Z');
  expect(time.epochMilliSecondsToSeconds(1_517_943_695_750)).toBe(1_517_943_695);
  expect(() => time.parseISO8601ToEpochMilliSeconds('soon')).toThrow(
    "Text 'soon' could not be parsed",
  );
});

describe('a pattern', () => {
  const at = (pattern: string, zone?: string) =>
    time.epochMilliSecondsToFormatted(NOW, pattern, zone);

  test.each([
    ['yy u L D', '18 2018 2 37'],
    ['d MMM yyyy', '6 Feb 2018'],
    ['EEEE, MMMM dd', 'Tuesday, February 06'],
    ['EEE h:mm a', 'Tue 7:01 PM'],
    ['kk KK hh', '19 07 07'],
    ['ss.S ss.SSSSSS', '35.7 35.750000'],
    ["yyyy-'W''s'", "2018-W's"],
    ["''yyyy''", "'2018'"],
    ['X XX XXX x xx xxx Z ZZZZZ', 'Z Z Z +00 +0000 +00:00 +0000 +00:00'],
  ])('%s writes %s', (pattern, text) => {
    expect(at(pattern)).toBe(text);
  });

  test.each([
    ['Asia/Seoul', 'HH:mm VV XXX', '04:01 Asia/Seoul +09:00'],
    ['America/New_York', 'HH:mm Z', '14:01 -0500'],
    ['Asia/Kolkata', 'HH:mm X', '00:31 +0530'],
    ['-06:00', 'MM-dd HH:mm X', '02-06 13:01 -06'],
  ])('shows the clocks of %s', (zone, pattern, text) => {
    expect(at(pattern, zone)).toBe(text);
  });

  test.each([
    ['2018-02-01 17:21:05.180+08:00', 'yyyy-MM-dd HH:mm:ss.SSSXXX', undefined, 1_517_476_865_180],
    ['2018-02-01 17:21:05.180', 'yyyy-MM-dd HH:mm:ss.SSS', '+08:00', 1_517_476_865_180],
    ['2018-02-01 09:21:05.180', 'yyyy-MM-dd HH:mm:ss.SSS', undefined, 1_517_476_865_180],
    ['Feb 1, 2018 6:21 PM', 'MMM d, yyyy h:mm a', 'Asia/Seoul', 1_517_476_860_000],
    ['12:00 AM', 'hh:mm a', undefined, 0],
    ['2018-07-01 00:00', 'yyyy-MM-dd HH:mm', 'America/New_York', Date.UTC(2018, 6, 1, 4)],
  ])('%s is read by %s', (text, pattern, zone, epochMs) => {
    expect(time.parseFormattedToEpochMilliSeconds(text, pattern, zone)).toBe(epochMs);
  });

  test('that is not the text’s is a fault', () => {
    expect(() => time.parseFormattedToEpochMilliSeconds('2018', 'yyyy-MM')).toThrow(
      "Text '2018' could not be parsed by 'yyyy-MM'",
    );
  });

  test('with a letter that is not known is a fault', () => {
    expect(() => at('yyyy QQ')).toThrow('Unknown pattern letter: Q');
  });
});
