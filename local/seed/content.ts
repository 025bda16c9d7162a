/** Who the demo account is and with whom it shares a pad. All have the same password. */
export const DEMO = { email: 'demo@memopad.example', password: 'try-memopad-today' };

export interface SeedPerson {
  readonly email: string;
  readonly displayName: string;
}

export const PEOPLE = {
  demo: { email: DEMO.email, displayName: '데모 Demo' },
  mina: { email: 'mina@memopad.example', displayName: '이민아' },
  alex: { email: 'alex@memopad.example', displayName: 'Alex Park' },
} as const satisfies Record<string, SeedPerson>;

export const SHARED_PAD_NAME = '우리 집 · Household';

export interface SeedMemo {
  /** Names the memo for good: its ulid is made of it. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly tags?: readonly string[];
  readonly color?: string;
  readonly pinned?: boolean;
  readonly state?: 'ARCHIVED' | 'TRASHED';
  /** How long before the seeding it was made. */
  readonly daysAgo: number;
  /** The demo account when left out. */
  readonly author?: keyof typeof PEOPLE;
}

/** Written first to last, so that the last stands first in the list. */
export const PERSONAL_MEMOS: readonly SeedMemo[] = [
  {
    key: 'old-wifi',
    title: 'Old Wi-Fi settings',
    body: 'Replaced in spring, kept for the guest router in the attic.\n',
    tags: ['home'],
    color: 'GRAY',
    state: 'TRASHED',
    daysAgo: 300,
  },
  {
    key: 'draft-letter',
    title: '보내지 않은 편지',
    body: '초안만 남겨 둔다. 다시 쓰기.\n',
    tags: ['일기'],
    state: 'TRASHED',
    daysAgo: 45,
  },
  {
    key: 'taxes',
    title: 'Tax return',
    body: '- [x] collect receipts\n- [x] fill in the form\n- [x] send it\n- [x] keep a copy\n',
    tags: ['paperwork'],
    color: 'GREEN',
    state: 'ARCHIVED',
    daysAgo: 200,
  },
  {
    key: 'jeju-2025',
    title: '제주 여행 정리',
    body: '## 다녀온 곳\n\n1. 성산일출봉: 새벽 5시 20분 일출\n2. 비자림: 비 온 다음 날이 제일 좋다\n3. 협재: 물빛이 거짓말 같음 🏝️\n\n다음에는 **우도**에서 하룻밤.\n',
    tags: ['여행', '제주'],
    color: 'TEAL',
    state: 'ARCHIVED',
    daysAgo: 160,
  },
  {
    key: 'phone-contract',
    title: 'Phone contract',
    body: 'Runs until the end of next year. Cancel three months before.\n',
    tags: ['paperwork'],
    state: 'ARCHIVED',
    daysAgo: 120,
  },
  {
    key: 'quotes',
    title: '마음에 남은 문장',
    body: '> 삶이 있는 한 희망은 있다.\n\n> 천 리 길도 한 걸음부터.\n\n> 느리더라도 꾸준히.\n',
    tags: ['책', '일기'],
    color: 'PURPLE',
    daysAgo: 90,
  },
  {
    key: 'bike',
    title: 'Bike maintenance',
    body: '| part | last done | every |\n| --- | --- | --- |\n| chain | March | 500 km |\n| brake pads | January | when worn |\n| tyres | last year | 4,000 km |\n\n- [ ] oil the chain\n- [ ] check the rear light\n',
    tags: ['home', 'bike'],
    color: 'ORANGE',
    daysAgo: 60,
  },
  {
    key: 'kimchi-stew',
    title: '김치찌개 레시피',
    body: '**재료** (2인분)\n\n- 익은 김치 1/4포기\n- 돼지고기 앞다리살 200 g\n- 두부 반 모, 대파 1대\n- 고춧가루 1큰술, 다진 마늘 1큰술\n\n**순서**\n\n1. 고기를 먼저 볶다가 김치를 넣고 5분 더 볶는다.\n2. 쌀뜨물 600 ml를 붓고 20분 끓인다.\n3. 두부와 대파를 넣고 5분. 간은 국간장으로.\n',
    tags: ['요리'],
    color: 'RED',
    daysAgo: 41,
  },
  {
    key: 'sourdough',
    title: 'Sourdough timetable',
    body: 'Friday evening feed the starter, Saturday **8:00** mix, fold at 8:30, 9:00 and 9:30, shape at 13:00, into the fridge.\n\nSunday 7:00 bake: 20 min at 250 °C with the lid on, 20 min at 220 °C without.\n',
    tags: ['cooking'],
    color: 'YELLOW',
    daysAgo: 35,
  },
  {
    key: 'korean-grammar',
    title: 'Korean grammar: -는데',
    body: 'Sets the scene for what follows.\n\n- 비가 오**는데** 우산이 없어요. *It is raining, and I have no umbrella.*\n- 맛있**는데** 좀 비싸요. *It is good but a bit dear.*\n\nWith adjectives `-(으)ㄴ데`, with nouns `-인데`.\n',
    tags: ['study', '한국어'],
    color: 'BLUE',
    daysAgo: 28,
  },
  {
    key: 'gift-ideas',
    title: '선물 아이디어 🎁',
    body: '- 엄마: 다육식물, 손목 보호대\n- 준호: 보드게임 (협력하는 것)\n- 지현: 원두 200 g, 직접 쓴 카드\n',
    tags: ['가족'],
    color: 'PINK',
    daysAgo: 24,
  },
  {
    key: 'sql-window',
    title: 'SQL window functions',
    body: '```sql\nselect name, total,\n       rank() over (partition by region order by total desc) as place\nfrom sales;\n```\n\n`rank` leaves gaps behind ties, `dense_rank` does not.\n',
    tags: ['study', 'code'],
    color: 'BLUE',
    daysAgo: 21,
  },
  {
    key: 'running',
    title: '달리기 기록',
    body: '| 날짜 | 거리 | 시간 |\n| --- | --- | --- |\n| 월 | 5 km | 31:10 |\n| 수 | 6 km | 37:45 |\n| 토 | 10 km | 1:04:30 |\n\n목표: 10 km를 한 시간 안에! 🏃\n',
    tags: ['운동'],
    color: 'GREEN',
    daysAgo: 14,
  },
  {
    key: 'books',
    title: 'Books to read',
    body: '- [x] *The Vegetarian*, Han Kang\n- [x] *Pachinko*, Min Jin Lee\n- [ ] *Kim Jiyoung, Born 1982*, Cho Nam-joo\n- [ ] *The Design of Everyday Things*, Don Norman\n- [ ] *A Philosophy of Software Design*, John Ousterhout\n',
    tags: ['books'],
    color: 'PURPLE',
    daysAgo: 12,
  },
  {
    key: 'dentist',
    title: '치과 예약',
    body: '다음 주 화요일 오후 3시, 2층. 보험 카드 챙기기.\n\n- [ ] 하루 전에 확인 전화\n',
    tags: ['건강'],
    color: 'ORANGE',
    daysAgo: 6,
  },
  {
    key: 'talk',
    title: 'Ten-minute talk about GraphQL',
    body: '# Outline\n\n1. One request, one answer: what the screen needs and no more\n2. The schema is the contract; descriptions are the manual\n3. Demo: list, open, edit, **conflict**\n4. What it costs: caching, limits on depth and cost\n\n- [x] slides 1–4\n- [ ] rehearse twice\n- [ ] charge the clicker\n',
    tags: ['work', 'code'],
    color: 'TEAL',
    daysAgo: 5,
  },
  {
    key: 'standup',
    title: 'Weekly plan',
    body: '- [x] review the pull request on cursors\n- [ ] write the migration\n- [ ] lunch with 수진\n',
    tags: ['work'],
    daysAgo: 3,
  },
  {
    key: 'diary',
    title: '오늘의 일기',
    body: '아침에 안개가 자욱했다. 강변을 걷다가 왜가리를 봤다.\n\n저녁에는 오랜만에 ~~라면~~ 제대로 된 밥을 해 먹었다. 잘했다.\n',
    tags: ['일기'],
    color: 'PINK',
    daysAgo: 1,
  },
  {
    key: 'shopping',
    title: '장보기',
    body: '- [x] 달걀\n- [x] 우유\n- [ ] 대파\n- [ ] 두부 두 모\n- [ ] coffee beans ☕\n',
    tags: ['요리', 'home'],
    color: 'YELLOW',
    pinned: true,
    daysAgo: 1,
  },
  {
    key: 'welcome',
    title: 'Welcome · 환영합니다',
    body: '# Memopad\n\nA memo is a titled **Markdown** text with tags, tasks, a colour and a pin.\n메모는 제목, 태그, 할 일, 색깔이 있는 **마크다운** 글입니다.\n\n- [x] start Memopad\n- [ ] open the playground and send a query\n- [ ] make a memo of your own\n- [ ] tick this task with `setTaskDone`\n',
    tags: ['welcome'],
    color: 'BLUE',
    pinned: true,
    daysAgo: 0,
  },
];

export const SHARED_MEMOS: readonly SeedMemo[] = [
  {
    key: 'broken-kettle',
    title: 'Broken kettle',
    body: 'Taken to the recycling yard.\n',
    state: 'TRASHED',
    author: 'mina',
    daysAgo: 30,
  },
  {
    key: 'moving-in',
    title: '이사 체크리스트',
    body: '- [x] 전입 신고\n- [x] 인터넷 이전\n- [x] 도시가스 연결\n- [x] 우편물 주소 변경\n',
    tags: ['이사'],
    color: 'GREEN',
    state: 'ARCHIVED',
    daysAgo: 150,
  },
  {
    key: 'numbers',
    title: 'Who to call',
    body: '- Caretaker: ground floor, left door\n- 가스 점검: 매년 10월\n- Plumber: ask Mina, she has the card\n',
    tags: ['home'],
    color: 'GRAY',
    author: 'mina',
    daysAgo: 80,
  },
  {
    key: 'plants',
    title: '화분 물 주기 🌱',
    body: '| 화분 | 주기 |\n| --- | --- |\n| 몬스테라 | 7일 |\n| 스투키 | 30일 |\n| 바질 | 2일 |\n',
    tags: ['home'],
    color: 'GREEN',
    author: 'mina',
    daysAgo: 40,
  },
  {
    key: 'movie-night',
    title: 'Movie night',
    body: 'Next: *Past Lives*, then *기생충* again with subtitles for Alex.\n\n- [ ] popcorn\n- [ ] blankets\n',
    tags: ['fun'],
    color: 'PURPLE',
    daysAgo: 10,
  },
  {
    key: 'chuseok',
    title: '추석 준비',
    body: '- [x] 기차표 예매\n- [ ] 송편 재료\n- [ ] 부모님 선물\n\n차례상은 간소하게, 대신 산책을 길게.\n',
    tags: ['가족'],
    color: 'ORANGE',
    author: 'mina',
    daysAgo: 8,
  },
  {
    key: 'repairs',
    title: 'Small repairs',
    body: '- [ ] bathroom door hinge\n- [x] kitchen lamp\n- [ ] window handle in the study\n',
    tags: ['home'],
    color: 'ORANGE',
    daysAgo: 4,
  },
  {
    key: 'groceries',
    title: 'Groceries · 장보기',
    body: '- [x] rice 10 kg\n- [ ] 참기름\n- [ ] oat milk for Alex\n- [ ] 쓰레기봉투 20 L\n',
    tags: ['home', '요리'],
    color: 'YELLOW',
    pinned: true,
    author: 'mina',
    daysAgo: 1,
  },
  {
    key: 'rules',
    title: 'House rules · 집 규칙',
    body: '1. 10시 이후에는 조용히. *Quiet after ten.*\n2. 설거지는 그날그날. *Dishes the same day.*\n3. 분리수거는 수요일. *Recycling on Wednesdays.* ♻️\n',
    tags: ['home'],
    color: 'RED',
    pinned: true,
    daysAgo: 100,
  },
];
