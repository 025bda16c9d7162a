import { pick, useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

/** Fira Code has no Hangul; Monaco would fall back to whatever the machine has, or to nothing. */
const FONT = '"Fira Code", "Noto Sans KR Variable", monospace';

/** The font of the editors, and long lines wrapped: bodies and ids are wider than a panel. */
export function EditorFont() {
  const monaco = useMonaco((state) => state.monaco);
  const editors = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'),
  );
  useEffect(() => {
    for (const editor of Object.values(editors)) {
      editor?.updateOptions({ fontFamily: FONT, wordWrap: 'on' });
    }
    // Monaco measured “m” and “ｍ” before their fonts were there: the caret would stand beside the
    // text, and lines of Hangul would be wrapped too late.
    void document.fonts.load(`15px ${FONT}`, 'mｍ').then(() => monaco?.editor.remeasureFonts());
  }, [editors, monaco]);
  return null;
}

/** Without a theme of one's own the page follows the system at once; Monaco has to be told. */
export function SystemTheme() {
  const theme = useGraphiQL((state) => state.theme);
  const { setTheme } = useGraphiQLActions();
  useEffect(() => {
    if (theme) return;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme(null);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [theme, setTheme]);
  return null;
}
