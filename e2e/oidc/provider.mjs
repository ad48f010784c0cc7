// A real OpenID Connect provider for tests: one client, four people, a page to sign in, consent taken as given.
//
//   node provider.mjs PORT REDIRECT_URI [ISSUER]
//
// Prints "ready ISSUER" once it answers. Plain HTTP on 127.0.0.1, keys made anew at every start, nothing kept.
// ISSUER is for tests that put somebody between the provider and the site.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, redirectUri, issuer = `http://127.0.0.1:${port}`] = process.argv.slice(2);
if (!/^\d+$/.test(port ?? '') || !redirectUri) {
  console.error('usage: node provider.mjs PORT REDIRECT_URI [ISSUER]');
  process.exit(2);
}

/** Who can sign in here. `khach` never confirmed the address. */
const people = {
  lan: { password: 'mat-khau-cua-lan', name: 'Nguyễn Thị Lan', email: 'Lan.Nguyen@quangtri.example', email_verified: true },
  minh: { password: 'mat-khau-cua-minh', name: 'Trần Văn Minh', email: 'minh.tran@quangtri.example', email_verified: true },
  // A citizen as a national system tells of one: with a claim that the standard does not know.
  dan: {
    password: 'mat-khau-cua-dan',
    name: 'Nguyễn Văn Mẫu Hùng',
    identity_number: '046085001234',
    birthdate: '1985-02-03',
    phone_number: '0905123456',
  },
  khach: { password: 'mat-khau-cua-khach', name: 'Khách', email: 'lan.nguyen@quangtri.example', email_verified: false },
};

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'cuaviet',
      client_secret: 'only-for-tests-0123456789abcdef0123456789',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'birthdate', 'identity_number'], phone: ['phone_number'] },
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [signingKey()] },
  pkce: { required: () => true },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  findAccount: (ctx, id) => {
    const { password, ...claims } = people[id] ?? {};
    return people[id] && { accountId: id, claims: () => ({ sub: id, ...claims }) };
  },
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid email profile phone');
    await grant.save();
    return grant;
  },
});

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' };
}

provider.use(async (ctx, next) => {
  const uid = ctx.path.match(/^\/interaction\/([\w-]+)$/)?.[1];
  if (!uid) return next();
  if (ctx.method === 'GET') return page(ctx, 200, '');
  const form = new URLSearchParams(await text(ctx.req));
  const login = form.get('login');
  if (!Object.hasOwn(people, login) || people[login].password !== form.get('password')) {
    return page(ctx, 422, 'Tên đăng nhập hoặc mật khẩu không đúng.');
  }
  ctx.respond = false;
  await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: login } });
});

function page(ctx, status, say) {
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Đăng nhập chung</title>
<main><h1>Đăng nhập chung</h1><p role="alert">${say}</p><form method="post">
<p><label>Tên đăng nhập <input name="login" autocomplete="username" required></label></p>
<p><label>Mật khẩu <input name="password" type="password" autocomplete="current-password" required></label></p>
<button>Đăng nhập</button></form></main></html>`;
}

async function text(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

provider.listen(Number(port), '127.0.0.1', () => console.log(`ready ${issuer}`));
