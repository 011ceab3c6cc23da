// Lets the tests speak with the npm package "vnpay": one JSON request a line in, one JSON answer a line out.
import { createInterface } from 'node:readline';
import { VNPay } from 'vnpay';

const peer = ({ secret, terminal, host }) =>
  new VNPay({
    tmnCode: terminal,
    secureSecret: secret,
    vnpayHost: host,
    queryDrAndRefundHost: host,
    hashAlgorithm: 'SHA512',
    testMode: false,
  });

const actions = {
  build: (who, data) => peer(who).buildPaymentUrl(data),
  verifyReturn: (who, data) => peer(who).verifyReturnUrl(data).isVerified,
  verifyNotice: (who, data) => peer(who).verifyIpnCall(data).isVerified,
  ask: (who, data) => peer(who).queryDr(data),
  refund: (who, data) => peer(who).refund(data),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { action, who, data } = JSON.parse(line);
  let answer;
  try {
    answer = { result: await actions[action](who, data) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
