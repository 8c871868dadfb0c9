import { createCipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import CFB from "cfb";

/** ほかのプログラムが使う、agile の暗号の組み合わせ（Office 2010 は SHA1・128、LibreOffice は SHA512・256 か SHA384・192）。 */
export interface AgileLook {
  hash: "SHA1" | "SHA256" | "SHA384" | "SHA512";
  bits: 128 | 192 | 256;
  spins: number;
  /** 要素の接頭辞（LibreOffice は "p:"、ほかの名のものもある）。 */
  prefix: string;
}

/** [MS-OFFCRYPTO] 2.3.4.10–15 のとおりに、文書から独りで書いた暗号つきの Office ファイル。 */
export function agileFile(bytes: Uint8Array, password: string, look: AgileLook): Uint8Array {
  const keyBytes = look.bits / 8;
  const hash = (...parts: Uint8Array[]) =>
    createHash(look.hash.toLowerCase()).update(Buffer.concat(parts)).digest();
  const size = hash().length;
  const fit = (value: Buffer, to: number) =>
    value.length >= to
      ? value.subarray(0, to)
      : Buffer.concat([value, Buffer.alloc(to - value.length, 0x36)]);
  const pad = (value: Uint8Array) => Buffer.concat([value, Buffer.alloc((16 - (value.length % 16)) % 16)]);
  const lock = (key: Buffer, iv: Buffer, value: Uint8Array) => {
    const cipher = createCipheriv(`aes-${look.bits}-cbc`, key, iv).setAutoPadding(false);
    return Buffer.concat([cipher.update(pad(value)), cipher.final()]);
  };
  const number = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
  const [dataSalt, keySalt, input, packageKey, hmacKey] = [16, 16, 16, keyBytes, size].map((n) =>
    randomBytes(n),
  ) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  let spun = hash(keySalt, Buffer.from(password, "utf16le"));
  for (let spin = 0; spin < look.spins; spin += 1) spun = hash(number(spin), spun);
  const own = (block: string, value: Uint8Array) =>
    lock(fit(hash(spun, Buffer.from(block, "hex")), keyBytes), keySalt, value).toString("base64");
  const ivOf = (block: Buffer) => fit(hash(dataSalt, block), 16);
  const parts = [Buffer.from(BigUint64Array.of(BigInt(bytes.length)).buffer)];
  for (let at = 0; at < bytes.length; at += 4096)
    parts.push(lock(packageKey, ivOf(number(at / 4096)), bytes.subarray(at, at + 4096)));
  const stream = Buffer.concat(parts);
  const sealed = (block: string, value: Uint8Array) =>
    lock(packageKey, ivOf(Buffer.from(block, "hex")), value).toString("base64");
  const settings = (salt: Buffer) =>
    `saltSize="16" blockSize="16" keyBits="${look.bits}" hashSize="${size}" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="${look.hash}" saltValue="${salt.toString("base64")}"`;
  const mac = createHmac(look.hash.toLowerCase(), hmacKey).update(stream).digest();
  const xml = `<?xml version="1.0"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData ${settings(dataSalt)}/><dataIntegrity encryptedHmacKey="${sealed("5fb2ad010cb9e1f6", hmacKey)}" encryptedHmacValue="${sealed("a0677f02b22c8433", mac)}"/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><${look.prefix}encryptedKey spinCount="${look.spins}" ${settings(keySalt)} encryptedVerifierHashInput="${own("fea7d2763b4b9e79", input)}" encryptedVerifierHashValue="${own("d7aa0f6d3061344e", hash(input))}" encryptedKeyValue="${own("146e0be7abacd0d6", packageKey)}"/></keyEncryptor></keyEncryptors></encryption>`;
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(
    file,
    "/EncryptionInfo",
    Buffer.concat([Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0]), Buffer.from(xml)]),
  );
  CFB.utils.cfb_add(file, "/EncryptedPackage", stream);
  return CFB.write(file, { type: "buffer" }) as Uint8Array;
}
