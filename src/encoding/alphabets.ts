/** Bytes of one character, or the characters themselves, and how much of a text they make up: `share` of it by `of` of them. */
type Kind = { form: RegExp; share: number; of: number };

/**
 * An encoding older than Unicode: how often texts in it are met among files of programs, and which of its characters are usual.
 * `pairs`: most of its characters have two bytes, and `kinds` are told by them; `letters`: each has one, and `kinds` are told by
 * the characters. `usual`: those of which most texts are made.
 */
export type Alphabet = {
  /** As `TextDecoder` calls it. */
  label: string;
  name: string;
  often: number;
  writes: 'pairs' | 'letters';
  kinds: readonly Kind[];
  usual: string;
  usualShare: number;
  /** Words of these letters hold no Latin letters. */
  alone?: boolean;
};

const HAN =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打变四总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资指统区保至形社便空决治展科司五基书非则界达光放强即像难且思完设式色路记品住告类求据程边该交规万取格术领共确传观清切让识候带导争运错误返回函参文件用户登录密码测试配置算输读写字符串列型值称默认初始获检查失败功添删除修改请注释版权数组循环节线程缓存端服务器试';
const HAN_TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先海通教原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打變四總何電數安少報才結反受目太量再感建務做接必場件計管期市直資指統區保至形社便空決治展科司五基書非則界達光放強即難且思完設式色路記品住告類求據程邊該交規萬取格術領共確傳觀清切讓識候帶導爭運錯誤傳回函參檔案使用者登入密碼測試設定算輸讀寫字串列型值稱預初始取得檢查失敗功加刪除修改請';
const KANJI =
  '日本語一人年大十二中出三時行見月後前生五間上東四今金入学高子外下来気小山話女北書先名水半電校土木聞食車何南万白天読左右表示設定取得結果計算処理値変更追加削除初期化確認失敗成功入力文字列数関引戻返合使用場不正必要画面情報称番号検索実行開始終了呼元型付作動方法対象指定保存接続通信最次各部分的全種類状態可能性内容説明参照対応';
const HANGUL =
  '이다는에의가을를하고은로지기도서한사인대해시자들어리그나것정수아라부있일니원보제주게장전스으공구상성적오만동했었습여요유학세계안국과관위비모트무우연생마면입방화경년명회되조분선중치용실개교민당업진행러간식발내르미심소체까데력려환출결래말단드역금물신통재속각반합산함확류파설값호패밀번글';

/** The two bytes of a character, each between two others. */
const pair = (leads: string, trails: string): RegExp => new RegExp(`^[${leads}][${trails}]$`);
const UPPER_HALF = '\\xa1-\\xfe';

const JAPANESE = { usual: KANJI, usualShare: 0.14 } as const;

/** Of Latin letters with marks each language has its own few, among letters without. */
const latin = (label: string, name: string, often: number, usual: string): Alphabet => ({
  label,
  name,
  often,
  writes: 'letters',
  usual,
  usualShare: 0.8,
  kinds: [
    { form: /[“”‘’–—…«»©®°±·×µ€£§¿¡•²³\u00a0]/, share: 0.12, of: 24 },
    { form: /\p{Lu}/u, share: 0.06, of: 40 },
    { form: /\p{Ll}/u, share: 0.004, of: 30 },
    { form: /[\p{P}\p{S}]/u, share: 0.003, of: 30 },
  ],
});

/** Alphabets with letters of their own: mostly small ones. */
const own = (label: string, name: string, often: number, usual: string): Alphabet => ({
  label,
  name,
  often,
  writes: 'letters',
  alone: true,
  usual,
  usualShare: 0.87,
  kinds: [
    { form: new RegExp(`[${usual.toUpperCase()}]`, 'u'), share: 0.08, of: usual.length },
    { form: /[“”‘’–—…«»©№°\u00a0]/, share: 0.04, of: 12 },
    { form: /\p{L}/u, share: 0.002, of: 30 },
    { form: /[\p{P}\p{S}]/u, share: 0.002, of: 40 },
  ],
});

export const ALPHABETS: readonly Alphabet[] = [
  latin('windows-1252', 'Windows-1252', 0.4, 'éèêëàâäáãåæçíîïìñóòôöõøœúùûüß'),
  latin('windows-1250', 'Windows-1250', 0.04, 'áčďéěíňóřšťúůýžąćęłńśźżőűăâîșţľĺŕôäöüß'),
  latin('iso-8859-2', 'ISO 8859-2', 0.03, 'áčďéěíňóřšťúůýžąćęłńśźżőűăâîșţľĺŕôäöüß'),
  latin('windows-1254', 'Windows-1254', 0.03, 'ğışçöüâî'),
  own('windows-1251', 'Windows-1251', 0.1, 'абвгдежзийклмнопрстуфхцчшщъыьэюя'),
  own('koi8-r', 'KOI8-R', 0.03, 'абвгдежзийклмнопрстуфхцчшщъыьэюя'),
  own('windows-1253', 'Windows-1253', 0.03, 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ'),
  {
    label: 'gbk',
    name: 'GBK',
    often: 0.2,
    writes: 'pairs',
    usual: HAN,
    usualShare: 0.6,
    kinds: [
      { form: pair('\\xb0-\\xd7', UPPER_HALF), share: 0.33, of: 3300 },
      { form: pair('\\xa1-\\xa3', UPPER_HALF), share: 0.06, of: 100 },
      { form: pair('\\xd8-\\xf7', UPPER_HALF), share: 0.008, of: 3000 },
      { form: pair('\\x81-\\xfe', '\\x40-\\xfe'), share: 0.002, of: 14_000 },
    ],
  },
  {
    label: 'shift_jis',
    name: 'Shift JIS',
    often: 0.15,
    writes: 'pairs',
    ...JAPANESE,
    kinds: [
      { form: pair('\\x82', '\\x9f-\\xf1'), share: 0.45, of: 83 },
      { form: pair('\\x83', '\\x40-\\x96'), share: 0.2, of: 86 },
      { form: pair('\\x88-\\x98', '\\x40-\\xfc'), share: 0.12, of: 2800 },
      { form: pair('\\x81', '\\x40-\\xfc'), share: 0.05, of: 60 },
      { form: /^[\xa1-\xdf]$/, share: 0.03, of: 63 },
      { form: pair('\\x82-\\xfc', '\\x40-\\xfc'), share: 0.01, of: 3500 },
    ],
  },
  {
    label: 'euc-jp',
    name: 'EUC-JP',
    often: 0.04,
    writes: 'pairs',
    ...JAPANESE,
    kinds: [
      { form: pair('\\xa4', UPPER_HALF), share: 0.45, of: 83 },
      { form: pair('\\xa5', UPPER_HALF), share: 0.2, of: 86 },
      { form: pair('\\xb0-\\xcf', UPPER_HALF), share: 0.12, of: 2800 },
      { form: pair('\\xa1-\\xa3', UPPER_HALF), share: 0.05, of: 60 },
      { form: pair('\\x8e-\\xfe', UPPER_HALF), share: 0.005, of: 3500 },
    ],
  },
  {
    label: 'euc-kr',
    name: 'EUC-KR',
    often: 0.06,
    writes: 'pairs',
    usual: HANGUL,
    usualShare: 0.75,
    kinds: [
      { form: pair('\\xb0-\\xc8', UPPER_HALF), share: 0.2, of: 2200 },
      { form: pair('\\xa1-\\xa3', UPPER_HALF), share: 0.03, of: 60 },
      { form: pair('\\x81-\\xfe', '\\x41-\\xfe'), share: 0.004, of: 12_000 },
    ],
  },
  {
    label: 'big5',
    name: 'Big5',
    often: 0.06,
    writes: 'pairs',
    usual: HAN_TRADITIONAL,
    usualShare: 0.6,
    kinds: [
      { form: pair('\\xa4-\\xc6', '\\x40-\\x7e\\xa1-\\xfe'), share: 0.33, of: 5000 },
      { form: pair('\\xa1-\\xa3', '\\x40-\\x7e\\xa1-\\xfe'), share: 0.05, of: 100 },
      { form: pair('\\x81-\\xfe', '\\x40-\\x7e\\xa1-\\xfe'), share: 0.005, of: 8000 },
    ],
  },
];
