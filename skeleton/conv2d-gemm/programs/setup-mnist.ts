/** `npm run setup-mnist`: fetches the full MNIST, 70,000 digits, for `npm run classify -- --data`. */
import '@im2grade/data/setup-mnist';
