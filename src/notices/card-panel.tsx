import type { CardFace } from "./card-face.ts";

/** はがきの絵: 様式に差し込んだ本物の絵があればそれを、なければ同じ項目から描いたもの。 */
export function CardPanel({ face }: { face: CardFace }) {
  if (face.pictures.length > 0)
    return (
      <div className="cards">
        {face.pictures.map((picture) => (
          <figure key={picture.href}>
            <figcaption>{picture.label}</figcaption>
            <div className="card">
              <img className="shot" src={picture.href} alt={picture.alt} />
            </div>
          </figure>
        ))}
      </div>
    );
  return (
    <div className="cards">
      <figure>
        <figcaption>宛名面</figcaption>
        <Front face={face} />
      </figure>
      <figure>
        <figcaption>文面</figcaption>
        <Back face={face} />
      </figure>
    </div>
  );
}

function Front({ face }: { face: CardFace }) {
  const { front } = face;
  return (
    <div className="card" role="img" aria-label={front.spoken}>
      <span className="hagaki">郵便はがき</span>
      {front.postalDigits.map((digit, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: 郵便番号の枠は位置そのものが意味を持つ
        <span key={at} className={`pb pb${at + 1}`}>
          {digit}
        </span>
      ))}
      <span className="addr">
        {front.address}
        {front.missing !== undefined && (
          <>
            <br />
            <mark>{front.missing}</mark>
          </>
        )}
        {front.building !== "" && (
          <>
            <br />
            {`　${front.building}`}
          </>
        )}
      </span>
      <span className="to">{front.name}　様</span>
      {front.barcode !== undefined && (
        <svg
          className="bar4"
          viewBox={`0 0 ${front.barcode.width} ${front.barcode.height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path d={front.barcode.path} fill="#1a1a1a" />
        </svg>
      )}
      <span className="from">
        {front.from.map((line) => (
          <span key={line}>
            {line}
            <br />
          </span>
        ))}
      </span>
      <span className="no">受付 {front.number}</span>
    </div>
  );
}

function Back({ face }: { face: CardFace }) {
  const { back } = face;
  return (
    <div className="card" role="img" aria-label={back.spoken}>
      <span className="title1">{back.kind}</span>
      <span className="title2">受講通知書</span>
      <span className="lead">
        お申し込みありがとうございます。次のとおり受講いただけますので、お知らせします。
      </span>
      <span className="said">
        <span className="when">
          <b>{back.day}</b>
          {back.time}
          <br />
          <b>{back.venue}</b> {back.room}
          <br />
          講座　{back.course}
          <br />
          受付番号　{back.number}
        </span>
        <span className="rest-of">
          <b>お持ちいただくもの</b>
          <br />
          {back.bring || "（なし）"}
          <br />
          <b>お問い合わせ</b>
          <br />
          {back.phone}
        </span>
      </span>
      <span className="by">
        {back.by.map((line) => (
          <span key={line}>
            {line}
            <br />
          </span>
        ))}
      </span>
    </div>
  );
}
